"""Reports of the invented province that targets are tested on."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parent.parent / "targets"))

from fixtures_targets import (
    COMMUNICATING,
    H1,
    INSPECTED,
    PLANNED,
    SERVED,
    TRAINED,
    YEAR,
    activity,
    done,
    figures,
    issued,
    listed,
    programme,
    session,
    target,
)
from fixtures_targets import told as entered_figure

from taphuan.programme.model.plan import Regular, TaskGroup
from taphuan.programme.model.programme import Programme
from taphuan.reports import Report, build_report
from taphuan.targets import Figures, Period

#: Five groups of tasks, as the plan has them; each with one part.
TASKS = tuple(
    TaskGroup.model_validate(
        {
            "point": f"II.{number}",
            "title": f"Nhóm {number}",
            "parts": [
                {"point": f"II.{number}.{part}", "title": f"Phần {part}", "points": {"a": "Việc."}}
                for part in (1, 2)
            ],
        }
    )
    for number in range(1, 6)
)

PLAN = programme(
    tasks=TASKS,
    trained=TRAINED,
    province=target(title="Cán bộ tỉnh được tập huấn", share="80%", level="province"),
    communicating=COMMUNICATING,
    served=SERVED,
    handled=target(title="Tin được xử lý", share="100%", every="year", level=None, measure="reports"),
    inspected=INSPECTED,
    planned=PLANNED,
)


def known_figures(**changed: Any) -> Figures:
    """A year in which something of everything happened, and some of it is not known."""
    before = listed("abcdef", id="r0", as_of=date(2026, 2, 1))
    now = listed(
        {"a": "00001", "b": "00001", "c": "00002", "d": "00003", "e": "00003"}, as_of=date(2026, 9, 1)
    )
    spring, autumn = date(2026, 3, 2), date(2026, 10, 2)
    held = [activity(unit, day, 1_234) for unit in ("00001", "00002") for day in (spring, autumn)]
    given: dict[str, Any] = {
        "done": (done("a", "A", spring), done("c", "B", autumn), done("d", "E", autumn)),
        "sessions": (session(spring, 25), session(autumn, 12, anonymous=True, unit="99")),
        "activities": (*held, activity("so-mau", autumn, 80, "cha-me")),
        "entered": (entered_figure("served", "2026", 31, 40), entered_figure("handled", "2026", 0, 0)),
        "issued": (issued("00001", "11/KH-UBND", date(2026, 1, 5)),),
    }
    return figures(before, now, **(given | changed))


def make_report(period: Period = YEAR, unit: str | None = None, **changed: Any) -> Report:
    """A report of the year, of the figures with some changed."""
    settings = {"letterhead": changed.pop("letterhead")} if "letterhead" in changed else {}
    plan = plan_with_regular(changed.pop("regular")) if "regular" in changed else changed.pop("plan", PLAN)
    return build_report(plan, known_figures(**changed), period, unit=unit, **settings)


def plan_with_regular(regular: Regular) -> Programme:
    """The plan with another assumption of what "regularly" means."""
    return replace(PLAN, charter=PLAN.charter.model_copy(update={"regular": regular}))


def _invented() -> Report:
    roster = known_figures().rosters[1]
    return make_report(rosters=(replace(roster, roster=replace(roster.roster, synthetic=True)),))


WHOLE = make_report()
HALF = make_report(H1)
#: The same of a roster that was made up.
INVENTED = _invented()
