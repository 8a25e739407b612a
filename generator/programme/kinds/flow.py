"""Flows (sơ đồ), which lessons place, and which are printed alone as job aids."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.flow import Flow, flow_places
from ..model.programme import Programme
from .base import DocumentKind, Pattern
from .lesson import audiences_of


def _audiences(programme: Programme, flow: Flow) -> Iterable[str]:
    lessons = programme.lessons_with(flow)
    return dict.fromkeys(id for lesson in lessons for id in audiences_of(programme, lesson))


KIND = DocumentKind(
    name="flow",
    model=Flow,
    folder="content/flows",
    words="sơ đồ",
    position=50,
    pattern=Pattern(
        about="sơ đồ các bước, đặt trong bài và in thành tờ dán",
        id_words="MÃ_SƠ_ĐỒ",
        example="nhan-tin-bao",
    ),
    audiences=_audiences,
    placed_in=lambda body: ((place.ids[0].start, place.id) for place in flow_places(body) if place.ids),
    review=lambda programme, flow: programme.flow_review(flow),
    approved_with=lambda programme, flow: programme.lessons_with(flow),
    needs_all=True,
    how_approved="phê duyệt bài đặt nó: sơ đồ được phê duyệt cùng mọi bài đặt nó",
)
