"""The tables that digests vouch for, filled, and a hand to change them past every guard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from fixtures_province import (
    COURSE,
    OFFICE,
    Province,
    answered,
    attended,
    documented,
    freeze,
    merged,
    typed,
    voided,
    waived,
)
from sqlalchemy import (
    CheckConstraint,
    Connection,
    text,
)

from taphuan.quiz import Answer, Form, FormQuestion
from taphuan.records import LedgerFault, Store, people, record, schema, staff_entries
from taphuan.records.events import row_digests
from taphuan.records.people import Superseding
from taphuan.records.schema.columns import ONLY_GROW, unguard_statements
from taphuan.records.training import certificates, classes, course_versions, observations
from taphuan.records.training.course_versions import Rule

#: Tables that no figure rests on, and why their rows need not be vouched for.
NOT_VOUCHED = {
    "identity": "says which database this is; a copy that is restored gets another row",
    "account": "who may sign in; what they wrote is in the trail, and counters change with each try",
    "credential": "a code that is issued, spent and locked; what it was used for is in the ledger",
    "session": "who is signed in, for hours",
    "invitation": "a link that is used once",
}


VOUCHED = [table for table in schema.METADATA.sorted_tables if table.name not in NOT_VOUCHED]


#: Has PostgreSQL check no value, in one go.
UNCHECKED = [
    f"ALTER TABLE {table.name} "
    + ", ".join(
        f"DROP CONSTRAINT {one.name}" for one in table.constraints if isinstance(one, CheckConstraint)
    )
    for table in VOUCHED
    if any(isinstance(one, CheckConstraint) for one in table.constraints)
]


Look = Callable[[Connection], tuple[LedgerFault, ...]]


class Unwind(Exception):
    """Takes back what was tampered with, and brings what was found."""


def lived(province: Province) -> None:
    """Has something stand in every table."""
    held = province.do(
        staff_entries.enter, classes.ClassSession, **HELD, trainer="Đỗ Thị Hoa", sheet_ref="Sổ 1", by=OFFICE
    )
    province.do(staff_entries.enter, classes.ClassSession, anonymous=True, **HELD, by=OFFICE)
    place = {"place_kind": "chợ", "audience": "người đi chợ"}
    for material in ("Tờ gấp", None):
        given = {**place, "material": material, "headcount": 40}
        done = province.do(
            staff_entries.enter,
            staff_entries.CommunicationActivity,
            unit="03388",
            held_on=DAY,
            **given,
            by=OFFICE,
        )
    province.do(staff_entries.withdraw, staff_entries.CommunicationActivity, done.id, by=OFFICE)
    years = {"first_year": 2026, "last_year": 2026}
    province.do(
        staff_entries.enter,
        staff_entries.IssuedPlan,
        unit="03388",
        number="7/KH-UBND",
        issued_on=DAY,
        **years,
        by=OFFICE,
    )
    coming = {"unit": "03388", "held_on": date(2026, 3, 9), "begins": "08:00", "course": COURSE}
    province.do(staff_entries.enter, staff_entries.PlannedClass, **coming, by=OFFICE)
    told = {"target": "served", "period": "2026H1", "numerator": 3, "denominator": 9, "source": "Công văn 1"}
    province.do(staff_entries.enter, staff_entries.EnteredFigure, **told, by=OFFICE)
    province.do(course_versions.publish, COURSE, "v1", Rule(pass_share=80, attempts=3))
    form = Form(course=COURSE, version="v1", seed=1, asked=(FormQuestion("c1", ("a", "b")),))
    province.do(course_versions.add_form, form, {"c1": Answer(kind="single", right=("a",), objective="o")})
    for event in (answered(1, "p0"), typed(2, "p1"), waived(3, "p2"), documented(4, "p3")):
        province.do(record, event)
    province.do(record, attended(5, "p0", session=held.id))
    seen = {"id": "o1", "rubric": "0" * 16, "ticks": "1" * 10, "by": OFFICE}
    province.do(observations.observe, held.id, "viet-lai", "p0", **seen)
    province.do(record, voided(6, documented(4, "p3")))
    province.do(record, merged(7, "p4", "p5"))
    province.do(certificates.issue, "p0", COURSE)
    later = {"as_of": date(2026, 3, 1), "supersedes": Superseding(roster="r1", reason="nhầm tệp")}
    freeze(province, **later)
    province.do(people.erase_person, "p3", by=OFFICE)


DAY = date(2026, 2, 2)


HELD: dict[str, Any] = {"unit": "03388", "held_on": DAY, "minutes": 120, "course": COURSE, "headcount": 12}


def found_after(
    store: Store, tampering: Callable[[Connection], None], *, look: Look = row_digests.row_problems
) -> list[LedgerFault]:
    """What is found after somebody with the database in hand switched off all that guards it."""

    def job(connection: Connection) -> None:
        unguard(connection)
        tampering(connection)
        found = look(connection)
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA ignore_check_constraints = OFF"))
        raise Unwind(found)

    with pytest.raises(Unwind) as unwound:
        store.write(job)
    return list(unwound.value.args[0])


def unguard(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        for table in ONLY_GROW:
            for statement in unguard_statements("sqlite", table):
                connection.execute(text(statement))
        return
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for statement in UNCHECKED:
        connection.execute(text(statement))


def named(problems: Iterable[LedgerFault]) -> set[str]:
    return {problem.where.split()[0] for problem in problems}
