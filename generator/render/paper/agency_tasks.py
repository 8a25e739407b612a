"""An agency's page of the plan: what it leads and supports, on one side of A4."""

from __future__ import annotations

from collections.abc import Iterable

from ...programme import urls
from ...programme.agency_tasks import AgencyShare, ServingMaterial
from ...programme.model.plan import Decision
from ...programme.model.values import DRAFT
from ..printable import Sheet
from .context import PaperContext, short_address

MATERIAL_WORDS = {
    "course": "Khóa học",
    "campaign": "Chiến dịch truyền thông",
    "form": "Tờ mẫu",
    "lesson-plan": "Giáo án",
    "lesson": "Bài học lẻ",
}
#: More titles than these of all kinds, of one kind, or of lessons alone, are only counted.
NAMED, NAMED_OF_KIND, NAMED_LESSONS = 24, 8, 4
#: Where an agency has many tasks, more questions than these are only counted: what it does comes first.
NAMED_QUESTIONS = 12
#: Lines from which on letters are smaller: a question takes two, everything else one.
SOME, MANY = 22, 34
#: Lines that a part takes in a column, one more of it, and its heading.
LINES = {"leads": 1.25, "supports": 1.25, "goals": 1.8, "asked": 2.3}
HEADING = 2.0
#: Where no column is longer, remarks stand below both.
SHORT_COLUMN = 18
#: What may stand in the left column; the rest stands in the right one.
LEFT_PARTS = (("leads", "supports"), ("leads", "goals"), ("leads",), ("leads", "supports", "goals"))


def agency_sheet(context: PaperContext, share: AgencyShare) -> Sheet:
    """Returns an agency's sheet: a draft, since who leads is our reading, which nobody approves."""
    charter = context.programme.charter
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
        questions=_named_questions(share),
        columns=_columns(share),
        points=", ".join(duty.point for duty in share.duties),
        plan=charter.plan,
        programme_title=charter.title,
        reports=() if share.is_requested else charter.plan.reports,
        density=_density(share),
        materials=_materials(share.materials),
        address=short_address(context.address(urls.PLAN)),
    )


def _columns(share: AgencyShare) -> tuple[tuple[str, ...], ...]:
    """Returns the parts of each column, as long as one another as can be.

    Remarks end the shorter one, unless both are short.
    """
    counts = {
        "leads": len(share.leads),
        "supports": len(share.supports),
        "goals": len(share.targets),
        "asked": len(_named_questions(share)),
    }
    lines = {name: HEADING + LINES[name] * count for name, count in counts.items() if count}

    def length(names: Iterable[str]) -> float:
        return sum(lines[name] for name in names)

    splits = [
        (tuple(name for name in lines if name in left), tuple(name for name in lines if name not in left))
        for left in LEFT_PARTS
    ]
    columns = min(splits, key=lambda split: (max(map(length, split)), not split[0]))
    if max(map(length, columns)) <= SHORT_COLUMN:
        return columns
    shorter = min(range(len(columns)), key=lambda index: (length(columns[index]), -index))
    return tuple((*names, "remarks") if index == shorter else names for index, names in enumerate(columns))


def _density(share: AgencyShare) -> str:
    questions = 2 * len(_named_questions(share))
    lines = len(share.leads) + len(share.supports) + len(share.targets) + questions
    return "many" if lines > MANY else "some" if lines > SOME else "few"


def _named_questions(share: AgencyShare) -> list[Decision]:
    questions = list(share.questions.values())
    return questions[:NAMED_QUESTIONS] if len(share.leads) + len(share.supports) > SOME else questions


def _materials(materials: Iterable[ServingMaterial]) -> list[tuple[str, str]]:
    """Returns titles by kind, or their number where there are many; then the plan's page has them."""
    titles: dict[str, list[str]] = {kind: [] for kind in MATERIAL_WORDS}
    for material in materials:
        titles[material.kind].append(material.title)
    are_many = sum(len(names) for kind, names in titles.items() if kind != "lesson") > NAMED
    return [
        (MATERIAL_WORDS[kind], str(len(names)) if are_many or _is_long(kind, names) else " · ".join(names))
        for kind, names in titles.items()
        if names
    ]


def _is_long(kind: str, names: Iterable[str]) -> bool:
    return len(tuple(names)) > (NAMED_LESSONS if kind == "lesson" else NAMED_OF_KIND)
