"""The page of papers to download: cards with pictures, and tables of what is alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from ...programme import urls
from ...programme.kinds import KINDS
from ...programme.model.campaign import MATERIAL_KINDS
from ...programme.vietnamese import slug
from ..printable import EDITION_WORDS, KIND_WORDS, LISTED_KINDS, Download
from .context import SiteContext, SitePage, drawn_content

FOLDED_KINDS = LISTED_KINDS | {"guide", "job-aid"}
#: Kinds of a sheet or two, and the kind among which they stand.
STANDS_AMONG = {"help-sheet": "job-aid", "look-up-card": "job-aid"}
GROUP_WORDS = {**KIND_WORDS, "job-aid": "Tờ dán, thẻ tra"}


@dataclass(frozen=True, kw_only=True)
class ListedSheet:
    """One sheet with its editions, and the ids of those who use it; `number` is that of its lesson."""

    editions: tuple[Download, ...]
    readers: tuple[str, ...]
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """Items of one kind that stand together: those of a course, or all."""

    title: str
    items: tuple[ListedSheet, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Every sheet of one kind."""

    kind: str
    parts: tuple[Part, ...]

    @property
    def title(self) -> str:
        return GROUP_WORDS[self.kind]

    @property
    def anchor(self) -> str:
        return slug(self.title)

    @property
    def afterwards(self) -> str:
        """Tells what is done with every sheet once it is printed, after how it is printed."""
        after = MATERIAL_KINDS[self.kind].after_printing if self.kind in MATERIAL_KINDS else ""
        return f"{self.parts[0].items[0].editions[0].sides_words}, {after}." if after else ""

    @property
    def is_listed(self) -> bool:
        return self.kind in LISTED_KINDS

    @property
    def is_folded(self) -> bool:
        """True for long lists that few readers open at once; handouts are folded course by course."""
        return self.kind in FOLDED_KINDS and not any(part.title for part in self.parts)

    @property
    def editions(self) -> tuple[str, ...]:
        """Returns those that any of its sheets has, in the order of columns."""
        offered = {sheet.edition for part in self.parts for item in part.items for sheet in item.editions}
        return tuple(edition for edition in EDITION_WORDS if edition in offered)

    @property
    def count(self) -> int:
        return sum(len(part.items) for part in self.parts)


def downloads_page(context: SiteContext) -> SitePage:
    page = urls.DOWNLOADS
    groups = tuple(sorted(_groups(context), key=lambda group: group.is_folded))
    items = [item for group in groups for part in group.parts for item in part.items]
    readers = {id for item in items for id in item.readers}
    content = drawn_content(
        "site/downloads.html.j2",
        context=context,
        page=page,
        addresses=urls,
        groups=groups,
        count=len(items),
        readers=[
            (id, audience.title) for id, audience in context.programme.audiences.items() if id in readers
        ],
        has_drafts=any(document.review.is_draft for document in context.programme.serving),
    )
    return SitePage(
        address=page,
        title="Tài liệu in",
        description="Mọi bản in của chương trình, kèm cách in từng loại.",
        content=content,
        meta={"kind": "downloads", "hide": ["navigation", "toc"]},
    )


@dataclass(kw_only=True)
class _Owners:
    """Knows by the subject of a sheet in which courses it is used and where it stands there."""

    courses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    readers: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, subject: str, course: str, audience: str, number: int) -> None:
        self.courses[subject].append(course)
        self.readers[subject][audience] = None
        self.numbers.setdefault(subject, number)


def _owners(context: SiteContext) -> _Owners:
    programme, owners = context.programme, _Owners()
    for course in programme.courses.values():
        owners.add(course.id, course.id, course.audience, 0)
        for task in programme.tasks_of(course):
            owners.add(task.source, course.id, course.audience, 0)
        for number, lesson in enumerate(programme.lessons_of(course), 1):
            owners.add(lesson.id, course.id, course.audience, number)
            for flow in programme.flows_in(lesson):
                owners.add(flow.subject, course.id, course.audience, number)
    for campaign in programme.campaigns.values():
        owners.readers[campaign.id].update(dict.fromkeys(campaign.audiences))
    for kind in KINDS:
        for document in programme.of(kind.model).values() if kind.sheets else ():
            readers = (kind.printed_for or kind.audiences)(programme, document)
            owners.readers[document.source].update(dict.fromkeys(readers))
    return owners


def _groups(context: SiteContext) -> Iterator[Group]:
    owners = _owners(context)
    for kind, members in groupby(context.downloads, key=lambda download: _kind_shown(download.kind)):
        items = [(editions[0].subject, _item(owners, editions)) for editions in context.printables(members)]
        if kind == "handout":
            parts = tuple(_by_course(context, owners, items))
        else:
            order = {subject: place for place, subject in enumerate(owners.courses)}
            ranked = sorted(items, key=lambda pair: order.get(pair[0], 0))
            parts = (Part(title="", items=tuple(item for _, item in ranked)),)
        yield Group(kind=kind, parts=parts)


def _kind_shown(kind: str) -> str:
    """Returns the kind that a sheet is shown under."""
    return STANDS_AMONG.get(kind, kind)


def _item(owners: _Owners, editions: tuple[Download, ...]) -> ListedSheet:
    first = editions[0]
    number = owners.numbers.get(first.subject) if first.kind == "handout" else None
    return ListedSheet(editions=editions, readers=tuple(owners.readers.get(first.subject, ())), number=number)


def _by_course(
    context: SiteContext, owners: _Owners, items: Iterable[tuple[str, ListedSheet]]
) -> Iterator[Part]:
    """Yields the handouts of each course, those that courses share with the first of them."""
    listed: dict[str, list[ListedSheet]] = {id: [] for id in context.programme.courses}
    for subject, item in items:
        listed[owners.courses[subject][0]].append(item)
    for id, of_course in listed.items():
        if of_course:
            ranked = sorted(of_course, key=lambda item: item.number or 0)
            yield Part(title=context.programme.courses[id].title, items=tuple(ranked))
