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
#: More titles than these of all kinds, or of lessons alone, are only counted.
NAMED, NAMED_LESSONS = 24, 4
#: Where an agency has many tasks, more questions than these are only counted: what it does comes first.
NAMED_QUESTIONS = 12
#: Lines from which on letters are smaller: a question takes two, everything else one.
SOME, MANY = 22, 34


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
        points=", ".join(duty.point for duty in share.duties),
        plan=charter.plan,
        programme_title=charter.title,
        reports=() if share.is_requested else charter.plan.reports,
        density=_density(share),
        materials=_materials(share.materials),
        address=short_address(context.address(urls.PLAN)),
    )


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
    return kind == "lesson" and len(tuple(names)) > NAMED_LESSONS
