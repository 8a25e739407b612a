"""Which content is older than the law it cites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..model.programme import Programme
from .cited import Citing, cites
from .law import LawChange, law_changes


@dataclass(frozen=True, kw_only=True)
class OutdatedContent:
    """Content with what happened to its law since its day, the earliest first."""

    id: str
    kind: str
    title: str
    day: date
    is_checked: bool
    law: tuple[LawChange, ...]


@dataclass(frozen=True, kw_only=True)
class ContentAge:
    """`citing` counts the content that cites law, `unchecked` what of it has only the programme's day."""

    as_of: date
    citing: int
    unchecked: int
    outdated: tuple[OutdatedContent, ...]


def content_age(programme: Programme, citations: Iterable[Citing], day: date) -> ContentAge:
    """Returns which content is older than its law, that of the earliest change first.

    Content is older than its law where, after its own day and no later than the day asked for, a place that
    it cites began or ended, the document was amended (by the day that the register tells in words), or the
    register's entry was compared with its source once more (`checked`).
    """
    changes = (*law_changes(programme), *_compared(programme))
    passed = sorted((one for one in changes if one.on <= day), key=lambda one: one.on)
    with_law = [one for one in citations if one.places]
    found = [_outdated(one, passed) for one in with_law]
    return ContentAge(
        as_of=programme.charter.as_of,
        citing=len(with_law),
        unchecked=sum(not one.is_checked for one in with_law),
        outdated=tuple(sorted((one for one in found if one.law), key=lambda one: one.law[0].on)),
    )


def _compared(programme: Programme) -> tuple[LawChange, ...]:
    return tuple(
        LawChange(on=one.checked, document=id, locator="", title=one.short, change="compared")
        for id, one in programme.register.documents.items()
    )


def _outdated(one: Citing, passed: Iterable[LawChange]) -> OutdatedContent:
    return OutdatedContent(
        id=one.id,
        kind=one.kind,
        title=one.title,
        day=one.day,
        is_checked=one.is_checked,
        law=tuple(
            change for change in passed if change.on > one.day and cites(one, change.document, change.locator)
        ),
    )
