"""An agency's page of the plan: what it leads and supports, on one side of A4."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...programme import urls
from ...programme.agency_tasks import AgencyShare, PlannedTask, ServingMaterial
from ...programme.model.values import DRAFT
from ..page_address import short_address
from ..printable import Sheet
from .context import PaperContext, urgent_numbers

#: What each kind is called, and what its number counts.
MATERIAL_WORDS = {
    "course": ("Khóa học", "khóa"),
    "campaign": ("Chiến dịch truyền thông", "đợt"),
    "blank-form": ("Tờ mẫu", "tờ"),
    "lesson-plan": ("Giáo án", "bài"),
    "lesson": ("Bài học lẻ", "bài"),
}
#: More titles than these of all kinds, of one kind, or of lessons alone, are only counted.
NAMED, NAMED_OF_KIND, NAMED_LESSONS = 24, 8, 4
#: Tasks up to which they are larger, up to which their leaders are named, and beyond which letters are small.
FEW, LED, MANY = 5, 10, 20
#: Millimetres of the page, and of what stands on it in any case.
PAGE, ALWAYS, TITLE, MONTHS, HEAD, REPORTS = 297.0, 68.5, 10.0, 14.0, 8.5, 13.0
ALWAYS_OF_MANY, HEAD_OF_MANY = 66.5, 7.2
#: Millimetres of a line and of a target; letters of a line across the page, of a task, of half a page.
LINE, TARGET, LETTERS, TASK_LETTERS, HALF_LETTERS, TITLE_LETTERS = 4.3, 5.2, 98, 49, 46, 44
#: Millimetres of a row that somebody writes on: at least, where questions take room, well, and at most.
LEAST_ROW, ASKED_ROW, GOOD_ROW, MOST_ROW = 5.7, 6.4, 9.0, 12.0
#: Millimetres of a row for what was done in the year, and how many stay where the plan's own words stand too.
LOG_ROW, FEW_LOG = 8.0, 5


def agency_sheet(context: PaperContext, share: AgencyShare) -> Sheet:
    """Returns an agency's sheet: a draft, since who leads is our reading, which nobody approves."""
    charter = context.programme.charter
    materials = _materials(share.materials)
    reports = () if share.is_requested else charter.plan.reports
    leaders = {task.point: _leaders(context, task, share) for task in share.supports}
    return context.sheet(
        "agency-tasks.html.j2",
        id=f"{share.id}-trang-viec",
        kind="agency-tasks",
        title=f"Việc của {share.agency.name}",
        audience=share.agency.name,
        subject=share.subject,
        review=DRAFT,
        layout={"duplex": "none"},
        share=share,
        leaders=leaders,
        page=_page(share, leaders, materials, has_reports=bool(reports)),
        points=", ".join(duty.point for duty in share.duties),
        plan=charter.plan,
        programme_title=charter.title,
        reports=reports,
        materials=materials,
        urgent=urgent_numbers(context.programme),
        address=short_address(context.address(urls.PLAN)),
    )


def _leaders(context: PaperContext, task: PlannedTask, share: AgencyShare) -> str:
    agencies = context.programme.units.agencies
    return ", ".join(agencies[id].name for id in task.leaders if id in agencies and id != share.id)


@dataclass(frozen=True, kw_only=True)
class _FilledPage:
    """How a page is filled: the height of a task's row, how many questions it has, how many rows are left."""

    density: str
    is_led: bool
    row: float
    questions: int
    has_texts: bool
    log: int


def _page(
    share: AgencyShare, leaders: Mapping[str, str], materials: Sequence[tuple[str, str]], *, has_reports: bool
) -> _FilledPage:
    """Returns the page with as many of its questions as leave each task a row to write on."""
    tasks = share.leads + share.supports
    density = "few" if len(tasks) <= FEW else "many" if len(tasks) > MANY else "some"
    is_led = len(tasks) <= LED
    left = _left(share, materials, is_many=density == "many", has_reports=has_reports)
    heights = [
        LINE * (1.2 + _lines(leaders.get(task.point, "") if is_led else "", TASK_LETTERS)) for task in tasks
    ]

    def rows(row: float) -> float:
        return sum(max(row, height + 1) for height in heights)

    asked = [
        LINE * (_lines(question.question, HALF_LETTERS) + 0.4) / 2 for question in share.questions.values()
    ]
    for_questions = left - rows(ASKED_ROW) - HEAD - LINE
    questions = len(asked)
    while questions and sum(asked[:questions]) > for_questions:
        questions -= 1
    if asked:
        left -= (
            (HEAD if questions else 0) + sum(asked[:questions]) + (LINE if questions < len(asked) else 0) + 3
        )
    texts = HEAD + sum(LINE * (_lines(task.text, LETTERS) + 0.2) for task in tasks)
    spare = left - rows(GOOD_ROW) - HEAD - LINE
    has_texts = spare >= texts + FEW_LOG * LOG_ROW
    log = int((spare - has_texts * texts) / LOG_ROW)
    tenths = range(int(MOST_ROW * 10), int(LEAST_ROW * 10), -1)
    row = next((tenth / 10 for tenth in tenths if rows(tenth / 10) <= left), LEAST_ROW)
    return _FilledPage(
        density=density,
        is_led=is_led,
        row=GOOD_ROW if log > 1 else row,
        questions=questions,
        has_texts=has_texts,
        log=log if log > 1 else 0,
    )


def _left(
    share: AgencyShare, materials: Sequence[tuple[str, str]], *, is_many: bool, has_reports: bool
) -> float:
    """Returns the millimetres that tasks, questions and what is kept have."""
    head = HEAD_OF_MANY if is_many else HEAD
    left = PAGE - (
        ALWAYS_OF_MANY if is_many else ALWAYS + TITLE * _lines(f"Việc của {share.agency.name}", TITLE_LETTERS)
    )
    left -= head * sum(map(bool, (share.leads, share.supports, share.targets or has_reports)))
    left -= TARGET * len(share.targets) + (MONTHS + REPORTS if has_reports else 0)
    if materials:
        left -= (2 if is_many else head) + LINE * sum(
            _lines(words + named, LETTERS) for words, named in materials
        )
    if is_many:
        return left
    return left - sum(4 + LINE * _lines(duty.text, LETTERS) for duty in share.duties if duty.text)


def _lines(text: str | None, letters: int) -> int:
    return math.ceil(len(text or "") / letters)


def _materials(materials: Iterable[ServingMaterial]) -> list[tuple[str, str]]:
    """Returns titles by kind, or their number where there are many; then the plan's page has them."""
    titles: dict[str, list[str]] = {kind: [] for kind in MATERIAL_WORDS}
    for material in materials:
        titles[material.kind].append(material.title)
    are_many = sum(len(names) for kind, names in titles.items() if kind != "lesson") > NAMED
    return [
        (words, f"{len(names)} {unit}" if are_many or _is_long(kind, names) else " · ".join(names))
        for (kind, (words, unit)), names in zip(MATERIAL_WORDS.items(), titles.values(), strict=True)
        if names
    ]


def _is_long(kind: str, names: Iterable[str]) -> bool:
    return len(tuple(names)) > (NAMED_LESSONS if kind == "lesson" else NAMED_OF_KIND)
