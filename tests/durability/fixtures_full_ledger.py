"""A ledger with rows in every table that a figure rests on, as a small office has after some weeks."""

from __future__ import annotations

from datetime import date
from typing import Any

from fixtures_province import (
    COURSE,
    OFFICE,
    Province,
    answered,
    attended,
    countersigned,
    documented,
    freeze,
    merged,
    set_up_province,
    typed,
    voided,
    waived,
)

from taphuan.quiz import Answer, Form, FormQuestion
from taphuan.records import Store, people, record, staff_entries
from taphuan.records.people import Superseding
from taphuan.records.training import certificates, classes, course_versions
from taphuan.records.training.course_versions import Rule

DAY = date(2026, 2, 2)
HELD: dict[str, Any] = {"unit": "03388", "held_on": DAY, "minutes": 120, "course": COURSE, "headcount": 12}


def make_full_ledger(url: str, *, until: int | None = None) -> None:
    """Makes a ledger; `until` leaves out what came after so many events."""
    with Store.open(url) as store:
        province = set_up_province(store)
        _hold_and_enter(province)
        for event in EVENTS[:until]:
            province.do(record, event)
        province.do(certificates.issue, "p0", COURSE)
        province.do(certificates.issue, "p1", COURSE)
        mistake = Superseding(roster="r1", reason="nhầm tệp")
        freeze(province, as_of=date(2026, 3, 1), supersedes=mistake)
        province.do(people.erase_person, "p3", by=OFFICE)
        assert store.verify() == ()


EVENTS = (
    answered(1, "p0"),
    answered(2, "p1", right=3),
    answered(3, "p1"),
    typed(4, "p2", sheet="Sổ 1, tờ 2"),
    waived(5, "p2"),
    documented(6, "p3"),
    attended(7, "p0"),
    typed(8, "p4"),
    countersigned(9, typed(8, "p4")),
    typed(10, "p5"),
    voided(11, documented(6, "p3")),
    merged(12, "p4", "p5"),
)


def _hold_and_enter(province: Province) -> None:
    province.do(
        staff_entries.enter, classes.ClassSession, **HELD, trainer="Đỗ Thị Hoa", sheet_ref="Sổ 1", by=OFFICE
    )
    province.do(staff_entries.enter, classes.ClassSession, anonymous=True, **HELD, by=OFFICE)
    place = {"place_kind": "chợ", "audience": "người đi chợ", "held_on": DAY, "headcount": 40}
    for material in ("Tờ gấp", None):
        given = {**place, "unit": "03388", "material": material}
        done = province.do(staff_entries.enter, staff_entries.CommunicationActivity, **given, by=OFFICE)
    province.do(staff_entries.withdraw, staff_entries.CommunicationActivity, done.id, by=OFFICE)
    for number, year in (("7/KH-UBND", 2026), ("8/KH-UBND", 2027)):
        years = {"first_year": year, "last_year": year}
        province.do(
            staff_entries.enter,
            staff_entries.IssuedPlan,
            unit="03388",
            number=number,
            issued_on=DAY,
            **years,
            by=OFFICE,
        )
    for numerator in (3, 4):
        figure = {"target": "served", "period": "2026H1", "numerator": numerator, "denominator": 9}
        province.do(
            staff_entries.enter, staff_entries.EnteredFigure, **figure, source="Công văn 1", by=OFFICE
        )
    for seed in (1, 2):
        province.do(course_versions.publish, COURSE, f"v{seed}", Rule(pass_share=80, attempts=3))
        form = Form(course=COURSE, version=f"v{seed}", seed=seed, asked=(FormQuestion("c1", ("a", "b")),))
        province.do(
            course_versions.add_form, form, {"c1": Answer(kind="single", right=("a",), objective="o")}
        )
