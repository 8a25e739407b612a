"""Classes: who attended is recorded once, nobody in an anonymous class."""

from __future__ import annotations

from datetime import date

import pytest
from fixtures_province import (
    COURSE,
    FAIR,
    TRAINER,
    Province,
    counts,
    number,
)
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError

from taphuan.records import (
    By,
    Malformed,
    NotAllowed,
    Repeated,
    Unknown,
    schema,
    staff_entries,
)
from taphuan.records.training import classes, corrections
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
