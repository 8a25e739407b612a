"""Classes, confirmations, certificates, and what the office enters."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from conftest import Clock
from fixtures_province import (
    COURSE,
    OFFICE,
    TRAINER,
    Province,
    answered,
    attended,
    counts,
    documented,
    merged,
    number,
    typed,
    voided,
)
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError

from taphuan.records import (
    By,
    Countersigned,
    Malformed,
    NotAllowed,
    Repeated,
    Store,
    Unknown,
    Voided,
    people,
    record,
    record_all,
    schema,
    staff_entries,
    verification,
)
from taphuan.records.training import certificates, classes, corrections
from taphuan.records.training.certificates import Certificate
from taphuan.records.training.classes import Attended, ClassSession
from taphuan.records.training.course_versions import Rule
from taphuan.records.training.progress import completions

RULE = Rule(pass_share=80, attempts=3)
CLASS = {
    "unit": "03388",
    "held_on": date(2026, 2, 20),
    "minutes": 180,
    "trainer": "Đỗ Thị Hoa",
    "course": COURSE,
    "headcount": 3,
    "sheet_ref": "Sổ 1, tờ 3",
    "by": TRAINER,
}


def hold(province: Province, **changed: object) -> ClassSession:
    return province.do(staff_entries.enter, classes.ClassSession, **{**CLASS, **changed})


def attend(province: Province, held: ClassSession, *persons: str, first: int = 1) -> list[tuple[int, bool]]:
    """Where each attendance stands in the ledger, and whether it is new."""
    listed = [Attended(event_id=number(first + place), person=person) for place, person in enumerate(persons)]
    appended = province.do(classes.record_attendance, held.id, listed, rule=RULE, by=TRAINER)
    return [(one.seq, one.is_new) for one in appended]


# --- classes ----------------------------------------------------------------------------------


def test_those_who_attended_on_a_signed_sheet_are_done_by_evidence_b(province: Province) -> None:
    held = hold(province)
    attend(province, held, "p0", "p1")
    assert province.see(counts)["03388"] == "2/3 B2"
    assert [one.done_on for one in province.see(completions, "p0")] == [date(2026, 2, 20)]


def test_without_a_sheet_they_wait_to_be_countersigned(province: Province) -> None:
    attend(province, hold(province, sheet_ref=" "), "p0")
    assert province.see(counts)["03388"] == "0/3 "
    head = By(actor="unit-head", reason="đã đối chiếu sổ")
    province.do(corrections.countersign, number(1), event_id=number(2), by=head)
    assert province.see(counts)["03388"] == "1/3 D1"


def test_sending_the_list_again_changes_nothing(province: Province) -> None:
    held = hold(province)
    assert attend(province, held, "p0", "p1") == [(1, True), (2, True)]
    assert attend(province, held, "p0", "p1") == [(1, False), (2, False)]


def test_a_list_is_taken_whole_or_not_at_all(province: Province) -> None:
    held = hold(province)
    listed = [Attended(event_id=number(1), person="p0"), Attended(event_id=number(1), person="p1")]
    with pytest.raises(Repeated):
        province.do(classes.record_attendance, held.id, listed, rule=RULE, by=TRAINER)
    with pytest.raises(Unknown):
        attend(province, held, "p0", "nobody")
    with pytest.raises(NotAllowed):
        attend(province, held, "p0", "p1", "p2", "p3")
    assert province.see(counts)["03388"] == "0/3 "


@pytest.mark.parametrize("fault", [{"headcount": 0}, {"minutes": 0}, {"unit": "nowhere"}], ids=str)
def test_a_class_without_heads_minutes_or_place_is_refused(
    province: Province, fault: dict[str, object]
) -> None:
    with pytest.raises((Malformed, Unknown)):
        hold(province, **fault)
    assert province.see(staff_entries.listed, classes.ClassSession) == ()


def test_classes_are_listed_by_day_and_unit(province: Province) -> None:
    first, second = hold(province), hold(province, held_on=date(2026, 3, 1), unit="03389")
    assert province.see(staff_entries.listed, classes.ClassSession) == (first, second)
    assert province.see(staff_entries.listed, classes.ClassSession, since=date(2026, 2, 21)) == (second,)
    assert province.see(staff_entries.listed, classes.ClassSession, until=date(2026, 2, 20)) == (first,)
    assert province.see(staff_entries.listed, classes.ClassSession, units={"03389"}) == (second,)


def test_a_class_entered_by_mistake_is_taken_back(province: Province) -> None:
    held = hold(province)
    province.do(classes.withdraw_class, held.id, by=TRAINER)
    assert province.see(staff_entries.listed, classes.ClassSession) == ()
    with pytest.raises(NotAllowed):
        attend(province, held, "p0")


# --- 11. people who are never registered ------------------------------------------------------


def anonymous(province: Province, headcount: int) -> ClassSession:
    given = {name: CLASS[name] for name in ("unit", "held_on", "minutes", "course", "by")}
    return province.do(
        staff_entries.enter, classes.ClassSession, anonymous=True, **given, headcount=headcount
    )


@pytest.mark.parametrize(("headcount", "unit"), [(1, "12"), (9, "12"), (10, "03388"), (40, "03388")])
def test_an_anonymous_class_keeps_heads_day_and_place_of_few_only_the_province(
    province: Province, headcount: int, unit: str
) -> None:
    held = anonymous(province, headcount)
    assert (held.headcount, held.held_on, held.unit) == (headcount, date(2026, 2, 20), unit)
    assert (held.trainer, held.sheet_ref, held.anonymous) == (None, None, True)


def test_an_anonymous_class_has_no_attendees(province: Province) -> None:
    held = anonymous(province, 12)
    with pytest.raises(NotAllowed):
        attend(province, held, "p0")
    assert province.see(lambda connection: connection.scalar(select(schema.event.c.seq))) is None


def test_the_database_itself_keeps_names_out_of_an_anonymous_class(province: Province) -> None:
    held = anonymous(province, 12)
    change = text("UPDATE class_session SET trainer = 'Lò Thị An' WHERE id = :id")
    with pytest.raises(IntegrityError, match="nameless"):
        province.store.write(lambda connection: connection.execute(change, {"id": held.id}))


def test_the_place_of_a_small_anonymous_class_is_nowhere_in_the_database(province: Province) -> None:
    before = province.see(_everything).count("03388")
    anonymous(province, 9)
    assert province.see(_everything).count("03388") == before


def _everything(connection: Connection) -> str:
    tables = schema.METADATA.tables.values()
    return "\n".join(str(tuple(row)) for table in tables for row in connection.execute(table.select()))


# --- confirmations ----------------------------------------------------------------------------


def test_nobody_countersigns_their_own_entry(province: Province) -> None:
    province.do(record, typed(1))
    with pytest.raises(NotAllowed):
        province.do(corrections.countersign, number(1), event_id=number(2), by=TRAINER)
    province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE)
    assert province.see(counts)["03388"] == "1/3 D1"


def test_an_entry_is_countersigned_once_and_the_same_countersignature_is_taken_again(
    province: Province,
) -> None:
    province.do(record, typed(1))
    assert province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE).is_new
    assert not province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE).is_new
    with pytest.raises(Countersigned):
        province.do(corrections.countersign, number(1), event_id=number(3), by=OFFICE)
    assert province.see(verification.current_head).events == 2


def test_a_voided_entry_is_not_countersigned_and_one_whose_countersignature_was_voided_is(
    province: Province,
) -> None:
    province.do(record, typed(1))
    province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE)
    province.do(corrections.void, number(2), event_id=number(3), by=OFFICE)
    province.do(corrections.countersign, number(1), event_id=number(4), by=OFFICE)
    province.do(corrections.void, number(1), event_id=number(5), by=OFFICE)
    with pytest.raises(Voided):
        province.do(corrections.countersign, number(1), event_id=number(6), by=OFFICE)
    assert province.see(verification.current_head).events == 5
    assert province.see(counts)["03388"] == "0/3 "


def test_an_entry_of_somebody_merged_since_is_countersigned_once(province: Province) -> None:
    province.do(record_all, [typed(1), merged(2, "p0", into="p1")])
    province.do(corrections.countersign, number(1), event_id=number(3), by=OFFICE)
    with pytest.raises(Countersigned):
        province.do(corrections.countersign, number(1), event_id=number(4), by=OFFICE)
    assert province.see(counts)["03388"] == "1/2 D1"


def test_of_many_who_countersign_at_once_one_does(province: Province, url: str, clock: Clock) -> None:
    province.do(record, typed(1))

    def sign(store: Store, event: int) -> Future[Any]:
        given = {"event_id": number(event), "by": OFFICE, "now": clock()}
        return store.submit(lambda within: corrections.countersign(within, number(1), **given))

    with Store.open(url, clock=clock) as other:
        promises = [
            sign(store, 2 * n + place)
            for n in range(1, 9)
            for place, store in enumerate((province.store, other))
        ]
        found = [promise.exception() for promise in promises]
    assert [type(one) for one in found if one is not None] == [Countersigned] * 15
    assert province.see(verification.current_head).events == 2


@pytest.mark.parametrize("event", [answered(1), attended(1), documented(1)], ids=lambda event: event.kind)
def test_only_typed_entries_are_countersigned(province: Province, event: Any) -> None:
    province.do(record, event)
    with pytest.raises(NotAllowed):
        province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE)


def test_voiding_takes_an_entry_back(province: Province) -> None:
    province.do(record, answered(1))
    province.do(corrections.void, number(1), event_id=number(2), by=OFFICE)
    assert province.see(counts)["03388"] == "0/3 "


def test_a_void_and_an_erasure_cannot_be_voided_and_nothing_unknown(province: Province) -> None:
    province.do(record, answered(1))
    province.do(record, voided(2, answered(1)))
    province.do(people.erase_person, "p1", by=OFFICE, new_id=lambda: number(3))
    for target in (2, 3):
        with pytest.raises(NotAllowed):
            province.do(corrections.void, number(target), event_id=number(9), by=OFFICE)
    with pytest.raises(Unknown):
        province.do(corrections.void, number(4), event_id=number(9), by=OFFICE)


def test_waiving_and_recording_by_document(province: Province) -> None:
    province.do(corrections.waive, "p0", COURSE, event_id=number(1), by=OFFICE)
    document = {"document": "45/QĐ-SYT", "day": date(2026, 1, 15), "event_id": number(2), "by": OFFICE}
    province.do(corrections.record_document, "p1", COURSE, **document)
    assert province.see(counts)["03388"] == "1/3 E1 waived1"
    with pytest.raises(Malformed):
        province.do(
            corrections.record_document, "p1", COURSE, **{**document, "document": " ", "event_id": number(3)}
        )


# --- certificates -----------------------------------------------------------------------------


def test_a_certificate_needs_a_completion_and_is_issued_once(province: Province) -> None:
    with pytest.raises(NotAllowed):
        province.do(certificates.issue, "p0", COURSE)
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    assert (issued.person, issued.course, issued.version, issued.event) == ("p0", COURSE, "v1", number(1))
    assert province.do(certificates.issue, "p0", COURSE) == issued
    assert province.see(certificates.certificate_by_serial, issued.serial) == (issued, True)


def test_a_serial_has_a_hundred_bits_or_more_and_says_nothing(province: Province) -> None:
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    assert len(issued.serial) * 5 >= 100
    assert province.do(certificates.issue, "p0", COURSE, random=lambda size: b"\xff" * size) == issued


def test_a_revoked_certificate_does_not_hold_and_another_can_be_issued(
    province: Province, clock: Clock
) -> None:
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    province.do(certificates.revoke, issued.serial, by=OFFICE)
    assert province.see(certificates.certificate_by_serial, issued.serial) == (
        replace(issued, revoked_at=clock()),
        False,
    )
    assert province.do(certificates.issue, "p0", COURSE).serial != issued.serial


def test_a_certificate_does_not_hold_once_its_completion_is_voided(province: Province) -> None:
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    province.do(record, voided(2, answered(1)))
    assert province.see(certificates.certificate_by_serial, issued.serial) == (issued, False)


def test_a_certificate_outlives_a_merge(province: Province) -> None:
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    province.do(record, merged(2, "p0", into="p1"))
    assert province.see(certificates.certificate_by_serial, issued.serial) == (issued, True)
    assert province.do(certificates.issue, "p1", COURSE) == issued
    assert province.see(certificates.certificate_of, "p1", COURSE) == issued


def both_issued(province: Province) -> tuple[Certificate, Certificate]:
    """Of two persons, both of whom have a certificate, before the first is merged into the second."""
    province.do(record_all, [answered(1, "p0"), answered(2, "p1")])
    return province.do(certificates.issue, "p0", COURSE), province.do(certificates.issue, "p1", COURSE)


def test_after_a_merge_one_certificate_stands_and_the_other_says_which(province: Province) -> None:
    theirs, own = both_issued(province)
    province.do(record, merged(3, "p0", into="p1"))
    assert province.see(certificates.certificate_by_serial, theirs.serial) == (theirs, False)
    assert province.see(certificates.certificate_by_serial, own.serial) == (own, True)
    assert province.see(certificates.replacement, theirs) == own
    assert province.see(certificates.replacement, own) is None
    for person in ("p0", "p1"):
        assert province.do(certificates.issue, person, COURSE) == own
        assert province.see(certificates.certificate_of, person, COURSE) == own


def test_a_merge_that_is_voided_gives_both_their_own_again(province: Province) -> None:
    pair, merge = both_issued(province), merged(3, "p0", into="p1")
    province.do(record_all, [merge, voided(4, merge)])
    for one in pair:
        assert province.see(certificates.certificate_by_serial, one.serial) == (one, True)
        assert province.see(certificates.certificate_of, one.person, COURSE) == one


def test_revoking_the_one_that_stands_does_not_bring_back_those_it_replaced(
    province: Province, clock: Clock
) -> None:
    theirs, own = both_issued(province)
    province.do(record, merged(3, "p0", into="p1"))
    province.do(certificates.revoke, own.serial, by=OFFICE)
    assert [province.see(certificates.certificate_by_serial, one.serial)[1] for one in (theirs, own)] == [
        False,
        False,
    ]
    assert province.see(certificates.replacement, theirs) is None
    assert province.see(certificates.certificate_of, "p1", COURSE) == max(
        (replace(one, revoked_at=clock()) for one in (theirs, own)), key=lambda one: one.serial
    )
    assert province.do(certificates.issue, "p1", COURSE).serial not in {theirs.serial, own.serial}


def test_revoking_one_that_was_replaced_leaves_the_one_that_stands(province: Province) -> None:
    theirs, own = both_issued(province)
    province.do(record, merged(3, "p0", into="p1"))
    province.do(certificates.revoke, theirs.serial, by=OFFICE)
    assert province.see(certificates.certificate_of, "p0", COURSE) == own
    assert province.see(certificates.certificate_by_serial, own.serial) == (own, True)


def test_an_unknown_serial(province: Province) -> None:
    with pytest.raises(Unknown):
        province.see(certificates.certificate_by_serial, "0" * 24)


# --- what the office enters -------------------------------------------------------------------

FAIR = {
    "unit": "03388",
    "held_on": date(2026, 2, 20),
    "place_kind": "chợ phiên",
    "audience": "cong-dong",
    "headcount": 120,
    "material": "to-roi",
    "by": TRAINER,
}


def test_activities_are_listed_by_day_and_unit(province: Province) -> None:
    fair = province.do(staff_entries.enter, staff_entries.CommunicationActivity, **FAIR)
    other = province.do(
        staff_entries.enter,
        staff_entries.CommunicationActivity,
        **{**FAIR, "held_on": date(2026, 3, 1), "unit": "03389"},
    )
    assert province.see(staff_entries.listed, staff_entries.CommunicationActivity) == (fair, other)
    assert province.see(
        staff_entries.listed, staff_entries.CommunicationActivity, since=date(2026, 3, 1)
    ) == (other,)
    assert province.see(staff_entries.listed, staff_entries.CommunicationActivity, last=1) == (other,)
    assert province.see(
        staff_entries.listed, staff_entries.CommunicationActivity, until=date(2026, 2, 28), units={"03388"}
    ) == (fair,)


def test_an_activity_entered_by_mistake_is_taken_back_once(province: Province) -> None:
    fair = province.do(staff_entries.enter, staff_entries.CommunicationActivity, **FAIR)
    province.do(staff_entries.withdraw, staff_entries.CommunicationActivity, fair.id, by=TRAINER)
    assert province.see(staff_entries.listed, staff_entries.CommunicationActivity) == ()
    (taken_back,) = province.see(staff_entries.listed, staff_entries.CommunicationActivity, withdrawn=True)
    province.do(staff_entries.withdraw, staff_entries.CommunicationActivity, fair.id, by=OFFICE)
    assert province.see(staff_entries.entry_by_id, staff_entries.CommunicationActivity, fair.id) == taken_back


@pytest.mark.parametrize(
    "fault", [{"headcount": -1}, {"place_kind": " "}, {"audience": ""}, {"unit": "x"}], ids=str
)
def test_an_activity_of_another_shape_is_refused(province: Province, fault: dict[str, object]) -> None:
    with pytest.raises((Malformed, Unknown)):
        province.do(staff_entries.enter, staff_entries.CommunicationActivity, **{**FAIR, **fault})


FIGURE = {
    "target": "premises-inspected",
    "period": "2026-H1",
    "numerator": 12,
    "denominator": 30,
    "source": "Báo cáo 77/BC-SVHTTDL",
    "by": OFFICE,
}


def test_the_last_figure_of_a_period_stands_and_the_earlier_stays_in_the_table(
    province: Province, clock: Clock
) -> None:
    province.do(staff_entries.enter, staff_entries.EnteredFigure, **FIGURE)
    clock.forward(days=1)
    last = province.do(staff_entries.enter, staff_entries.EnteredFigure, **{**FIGURE, "numerator": 14})
    assert province.see(staff_entries.figures, "2026-H1") == {"premises-inspected": last}
    assert province.see(staff_entries.figures, "2026-H2") == {}
    assert province.see(lambda connection: len(connection.execute(select(schema.tables.figure)).all())) == 2


@pytest.mark.parametrize("fault", [{"numerator": 31}, {"numerator": -1}, {"source": " "}], ids=str)
def test_a_figure_is_so_many_of_so_many_with_a_source(province: Province, fault: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        province.do(staff_entries.enter, staff_entries.EnteredFigure, **{**FIGURE, **fault})


# --- a form that is sent twice ----------------------------------------------------------------


def test_what_is_noted_under_an_id_already_stays_as_it_is(province: Province) -> None:
    def same() -> str:
        return "5f0c2f2e-6f4e-4a51-9d43-0b7c51b2a001"

    first = hold(province, new_id=same)
    assert hold(province, new_id=same, headcount=2) == first
    assert province.see(staff_entries.listed, classes.ClassSession) == (first,)
    fair = province.do(staff_entries.enter, staff_entries.CommunicationActivity, **FAIR, new_id=same)
    assert (
        province.do(
            staff_entries.enter, staff_entries.CommunicationActivity, **{**FAIR, "headcount": 1}, new_id=same
        )
        == fair
    )
    assert province.see(staff_entries.listed, staff_entries.CommunicationActivity) == (fair,)


def test_who_attended_is_told_in_the_order_in_which_it_was_recorded(province: Province) -> None:
    held = hold(province)
    attend(province, held, "p1", "p0", first=8)
    attend(province, held, "p2", first=1)
    assert [one.person for one in province.see(classes.attendances, held)] == ["p1", "p0", "p2"]


def test_a_class_that_is_taken_back_takes_its_attendances_with_it(province: Province) -> None:
    held = hold(province)
    attend(province, held, "p0", "p1")
    assert province.see(counts)["03388"] == "2/3 B2"
    province.do(classes.withdraw_class, held.id, by=TRAINER)
    assert province.see(counts)["03388"] == "0/3 "
    assert province.see(classes.attendances, held) == ()
    (gone,) = province.see(staff_entries.listed, classes.ClassSession, withdrawn=True)
    assert (gone.id, gone.withdrawn_at is not None) == (held.id, True)
    before = province.see(
        lambda connection: connection.scalar(select(func.count()).select_from(schema.event))
    )
    province.do(classes.withdraw_class, held.id, by=TRAINER)
    after = province.see(lambda connection: connection.scalar(select(func.count()).select_from(schema.event)))
    assert before == after
