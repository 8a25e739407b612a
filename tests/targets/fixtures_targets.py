"""An invented province to measure: targets, communes, rosters, and who did what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from taphuan.programme.loader import load
from taphuan.programme.model.course import Course
from taphuan.programme.model.plan import Decided, Decision, Regular, Target, TaskGroup
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.registers import Commune
from taphuan.programme.model.values import ReadOnly
from taphuan.records.people import Roster, Unit
from taphuan.records.staff_entries import CommunicationActivity, EnteredFigure, IssuedPlan
from taphuan.records.training.classes import ClassSession
from taphuan.targets import Done, Figures, Listed, Period

SAMPLE = Path(__file__).parent.parent / "samples" / "good"
NOW = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)
COURSE = "nuoc-sach"
OTHER = "nuoc-sach-nang-cao"
DECISION = "Quyết định số 12/QĐ-SM"
H1, H2, NEXT = (Period.parse(id) for id in ("2026H1", "2026H2", "2027H1"))
YEAR = Period.parse("2026")


@cache
def _sample() -> Programme:
    loaded = load(SAMPLE).programme
    assert loaded is not None
    return loaded


#: The part of the tasks under which a report tells what is measured so.
TASKS_BY_MEASURE = {
    "plans": "II.1.2",
    "communication": "II.2.1",
    "services": "II.3.2",
    "premises": "II.4.1",
    "reports": "II.4.2",
    "training": "II.5.1",
}


def target(**changed: Any) -> Target:
    given: dict[str, Any] = {
        "point": "I.3.b",
        "title": "Cán bộ xã được tập huấn",
        "text": "Ít nhất 60% cán bộ xã được tập huấn.",
        "share": "60%",
        "every": "period",
        "year": "2030",
        "level": "commune",
        "measure": "training",
        "denominator": "Danh sách chốt.",
    }
    given |= changed
    return Target.model_validate({"task": TASKS_BY_MEASURE[given["measure"]]} | given)


TRAINED = target()
COMMUNICATING = target(title="Xã, phường truyền thông", share="90%", every="year", measure="communication")
SERVED = target(title="Người được hỗ trợ", share="70%", every="year", level=None, measure="services")
INSPECTED = target(title="Cơ sở được kiểm tra", share="95%", level=None, measure="premises")
PLANNED = target(title="Có kế hoạch", share="100%", every="year", level=None, measure="plans")

#: What is asked of the counting, and by what paper it is answered.
ASKED = Decision.model_validate(
    {
        "question": "Đếm thế nào?",
        "why": "Kế hoạch mẫu không nói.",
        "who": ["so-mau"],
        "since": "2026-01-10",
        "until_then": "Đếm tạm.",
    }
)
ANSWERED = ASKED.model_copy(
    update={"decided": Decided(document="7/HD-SM", issued=date(2026, 5, 4), says="Đếm như thế.")}
)

#: As the real programme counts until somebody decides.
DEFAULT = Regular(times=1, every="half-year")


def programme(
    *, communes: int = 3, tasks: tuple[TaskGroup, ...] = (), regular: Regular = DEFAULT, **targets: Target
) -> Programme:
    """The sample with these targets (`trained` becomes the id "trained") and as many communes."""
    sample = _sample()
    plan = sample.charter.plan
    if tasks:
        plan = plan.model_copy(update={"tasks": tasks})
    charter = sample.charter.model_copy(
        update={"targets": ReadOnly(targets), "plan": plan, "regular": regular}
    )
    some = ReadOnly({code: _commune(name) for code, name in _communes(communes).items()})
    units = sample.units.model_copy(update={"communes": some})
    course = sample.courses[COURSE].model_copy(update={"counts_toward": next(iter(targets), None)})
    return replace(sample, charter=charter, units=units).having(Course, {COURSE: course})


def resting(sample: Programme, on: Decision) -> Programme:
    """The same, its targets and what "regularly" means resting on a decision."""
    charter = sample.charter
    targets = {id: wanted.model_copy(update={"assumes": ("dem",)}) for id, wanted in charter.targets.items()}
    often = charter.regular.model_copy(update={"assumes": ("dem",)})
    charter = charter.model_copy(update={"targets": ReadOnly(targets), "regular": often})
    return replace(sample, charter=charter, decisions=ReadOnly({"dem": on}))


def _communes(count: int) -> Mapping[str, str]:
    return {f"{number:05}": f"Xã Số {number}" for number in range(1, count + 1)}


def _commune(name: str) -> Commune:
    given = {"kind": "xã", "name": name, "confidence": "low", "checked": "2026-01-15"}
    return Commune.model_validate(given)


def units(communes: int = 3) -> Mapping[str, Unit]:
    province = [
        Unit(id="99", parent=None, level="province", name="Tỉnh Mẫu"),
        Unit(id="so-mau", parent="99", level="province", name="Sở Mẫu"),
        *(Unit(id=id, parent="99", level="commune", name=name) for id, name in _communes(communes).items()),
    ]
    return {unit.id: unit for unit in province}


def listed(members: Mapping[str, str] | Iterable[str], **changed: Any) -> Listed:
    """A roster of these persons, of the first commune where no other is said; frozen on its day."""
    given: dict[str, Any] = {
        "id": "r1",
        "level": "commune",
        "as_of": date(2026, 6, 1),
        "decision_ref": DECISION,
        "source_sha256": "0" * 64,
        "synthetic": False,
    }
    given |= {"frozen_at": datetime.combine(changed.get("as_of", given["as_of"]), time(2), UTC)}
    known = dict(members) if isinstance(members, Mapping) else dict.fromkeys(members, "00001")
    return Listed(roster=Roster(**(given | changed)), members=known)


def done(person: str, evidence: str = "A", on: date = date(2026, 10, 1), course: str = COURSE) -> Done:
    return Done(person, course, evidence, on)


def activity(unit: str, on: date, headcount: int = 30, audience: str = "can-bo-xa") -> CommunicationActivity:
    return CommunicationActivity(
        id=f"{unit}-{on}-{audience}",
        unit=unit,
        held_on=on,
        place_kind="chợ",
        audience=audience,
        headcount=headcount,
        material=None,
        entered_at=NOW,
    )


def session(on: date, headcount: int, **changed: Any) -> ClassSession:
    given: dict[str, Any] = {
        "id": f"class-{on}-{headcount}",
        "unit": "00001",
        "minutes": 180,
        "trainer": "giang-vien",
        "course": COURSE,
        "sheet_ref": "PĐD 01",
        "anonymous": False,
        "entered_at": NOW,
    }
    return ClassSession(held_on=on, headcount=headcount, **(given | changed))


def issued(unit: str, number: str, on: date, years: tuple[int, int] = (2026, 2026)) -> IssuedPlan:
    first, last = years
    return IssuedPlan(
        id=f"{unit}-{number}",
        unit=unit,
        number=number,
        issued_on=on,
        first_year=first,
        last_year=last,
        entered_at=NOW,
    )


def told(id: str, period: str, numerator: int, denominator: int, /, **changed: Any) -> EnteredFigure:
    given: dict[str, Any] = {
        "id": f"{id}-{period}",
        "source": "Công văn số 5/CV-SM",
        "entered_by": "office",
        "entered_at": NOW,
    }
    return EnteredFigure(
        target=id, period=period, numerator=numerator, denominator=denominator, **(given | changed)
    )


def figures(*rosters: Listed, communes: int = 3, **given: Any) -> Figures:
    basis: dict[str, Any] = {
        "taken_on": date(2027, 1, 4),
        "units": units(communes),
        "rosters": rosters,
    }
    return Figures(**(basis | given))
