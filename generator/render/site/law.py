"""The pages of laws with the days on which each changes, and their list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ...programme import urls
from ...programme.model import registers
from ...programme.model.course import Lesson
from ...programme.model.penal_act import PenalArticle
from ...programme.model.registers import Reference, Register
from ...programme.vietnamese import alphabetical, slug, written_day
from .context import SiteContext, SitePage, drawn_content
from .law_articles import article_entries

#: How many cautions, and lessons beside an article, are shown before the rest is folded.
CAUTIONS_FIRST = 4
LESSONS_FIRST = 3
#: How many documents a wide list shows above its folded topics: those that most lessons cite.
MOST_CITED = 10


def reference_page(context: SiteContext, id: str, reference: Reference) -> SitePage:
    page, register = urls.reference(id), context.programme.register
    cited_by = {
        article: tuple(context.programme.lessons[lesson_id] for lesson_id in lesson_ids)
        for article, lesson_ids in context.lessons_citing.get(id, {}).items()
    }
    articles = tuple(
        article_entries(
            reference, lambda text: context.inline(text, page, register.source), cited_by, _acts(context, id)
        )
    )
    content = drawn_content(
        "site/reference.html.j2",
        context=context,
        page=page,
        reference=reference,
        articles=articles,
        days=law_days(id, reference, register),
        predecessors=predecessors(id, register.documents),
        successor=register.documents.get(reference.replaced_by or ""),
        is_plan=reference.divided_by == "points",
        issued=reference.issued if isinstance(reference.issued, (date, str)) else "",
        status=context.status(reference),
        doubt=_further_doubt(reference, context.status(reference)),
        confidence_words=registers.CONFIDENCE_WORDS,
        addresses=urls,
        register=register,
        confirmed_by=_confirmed_by(context),
        lessons=_distinct(
            lesson
            for article, lessons in cited_by.items()
            if article not in reference.articles
            for lesson in lessons
        ),
        lesson_count=len(_distinct(lesson for lessons in cited_by.values() for lesson in lessons)),
        cautions_first=CAUTIONS_FIRST,
        lessons_first=LESSONS_FIRST,
    )
    return SitePage(
        address=page,
        title=f"{reference.short}",
        description=f"{reference.number}: {reference.title}",
        content=content,
        meta={"kind": "reference", "hide": ["navigation"]},
    )


def _acts(context: SiteContext, id: str) -> Mapping[str, PenalArticle]:
    """Returns the articles of a document that the look-up page has acts of."""
    look_up = context.programme.look_up
    return look_up.articles if look_up and look_up.decree == id else {}


def _distinct(lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    return tuple({lesson.id: lesson for lesson in lessons}.values())


def _confirmed_by(context: SiteContext) -> str:
    return context.programme.units.agencies[context.programme.charter.law_confirmed_by].name


#: Says on the page of a law that its title is not the whole one; a list only says what it is about.
SHORTENED = " (tên rút gọn)"


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """A document as the list of laws shows it."""

    id: str
    reference: Reference
    status: str
    doubt: str
    lessons: int

    @property
    def about(self) -> str:
        """Says what its short name does not: the number where that is missing, and the title."""
        number = self.reference.number.split("/")[0]
        title = self.reference.title.removesuffix(SHORTENED)
        parts = [
            self.reference.number if number not in self.reference.short else "",
            title if title != self.reference.short else "",
        ]
        return " · ".join(filter(None, parts))

    @property
    def is_over(self) -> bool:
        return self.reference.status in registers.ENDED

    @property
    def since(self) -> str:
        if self.reference.effective_until:
            return f"đến {written_day(self.reference.effective_until)}"
        if self.reference.effective_from:
            return f"từ {written_day(self.reference.effective_from)}"
        return "chưa ghi ngày"

    @property
    def counts(self) -> tuple[str, ...]:
        counted = ((len(self.reference.articles), "điều"), (self.lessons, "bài"))
        return tuple(f"{count} {unit}" for count, unit in counted if count)

    @property
    def position(self) -> tuple[object, ...]:
        """A key of a stable order: what is law first, then what most lessons cite, then by name."""
        return (self.is_over, -self.lessons, alphabetical(self.reference.short), self.reference.number)


@dataclass(frozen=True, kw_only=True)
class RegisterGroup:
    """The documents on one topic, under a heading."""

    title: str
    rows: tuple[RegisterRow, ...]

    @property
    def anchor(self) -> str:
        return slug(self.title)


def register_page(context: SiteContext) -> SitePage:
    page = urls.LAW
    rows = [_row(context, id, reference) for id, reference in context.programme.register.documents.items()]
    rows.sort(key=lambda row: row.position)
    by_topic = {
        title: tuple(row for row in rows if row.reference.topic == topic)
        for topic, title in context.programme.register.topics.items()
    }
    counts = Counter(row.status for row in rows)
    content = drawn_content(
        "site/register.html.j2",
        context=context,
        page=page,
        total=len(rows),
        groups=[RegisterGroup(title=title, rows=members) for title, members in by_topic.items() if members],
        most_cited=_most_cited(rows),
        statuses=sorted(counts.items(), key=lambda pair: _status_position(pair[0])),
        addresses=urls,
        register=context.programme.register,
        confirmed_by=_confirmed_by(context),
    )
    return SitePage(
        address=page,
        title="Văn bản pháp luật",
        description="Các văn bản được dẫn trong tài liệu, tình trạng hiệu lực và ngày kiểm tra.",
        content=content,
        meta={"kind": "register", "hide": ["navigation"]},
    )


def _most_cited(rows: Iterable[RegisterRow]) -> list[RegisterRow]:
    """Returns those that most lessons cite; none where the whole list is hardly longer."""
    cited = sorted((row for row in rows if row.lessons), key=lambda row: -row.lessons)
    return cited[:MOST_CITED] if len(cited) > 2 * MOST_CITED else []


def _row(context: SiteContext, id: str, reference: Reference) -> RegisterRow:
    citing = context.lessons_citing.get(id, {}).values()
    status = context.status(reference)
    return RegisterRow(
        id=id,
        reference=reference,
        status=status,
        doubt=_further_doubt(reference, status),
        lessons=len({lesson_id for lesson_ids in citing for lesson_id in lesson_ids}),
    )


def _further_doubt(reference: Reference, status: str) -> str:
    """Returns the register's doubt about a document where its status does not say it already."""
    doubt = registers.doubt_words(reference, "")
    return "" if doubt in status or reference.status == "unverified" else doubt


def _status_position(words: str) -> int:
    known = list(registers.STATUS_WORDS.values())
    return known.index(words) if words in known else len(known)


# --- days of the law --------------------------------------------------------------------------


#: Of several things on one day, the first of these gives the mark on the line.
MARKS = ("ended", "begun", "part", "issued", "checked")


@dataclass(frozen=True, kw_only=True)
class LawDay:
    """A day of a law, what happens on it, and whether it is known to be law from then to the next."""

    day: date
    mark: str
    words: tuple[str, ...]
    is_law_after: bool


def law_days(id: str, reference: Reference, register: Register) -> tuple[LawDay, ...]:
    """Returns the days of a document in order; none where only the day of the check is known."""
    happenings: dict[date, list[tuple[str, str]]] = {}
    for day, mark, words in _happenings(id, reference, register):
        happenings.setdefault(day, []).append((mark, words))
    if len(happenings) < 2:
        return ()
    return tuple(
        LawDay(
            day=day,
            mark=min((mark for mark, _ in marks), key=MARKS.index),
            words=tuple(dict.fromkeys(words for _, words in marks)),
            is_law_after=_is_law_after(reference, day, register.checked_until),
        )
        for day, marks in sorted(happenings.items())
    )


def predecessors(id: str, documents: Mapping[str, Reference]) -> tuple[tuple[str, Reference], ...]:
    """Returns the documents of the register that this one replaced."""
    return tuple(
        (former, reference) for former, reference in documents.items() if reference.replaced_by == id
    )


def _is_law_after(reference: Reference, day: date, checked_until: date) -> bool:
    is_known = reference.status != "unverified" and reference.effective_from is not None
    return (
        is_known and day < checked_until and day != reference.effective_until and reference.was_in_force(day)
    )


def _happenings(id: str, reference: Reference, register: Register) -> Iterator[tuple[date, str, str]]:
    if isinstance(reference.issued, date):
        yield reference.issued, "issued", f"{reference.issuer} ban hành"
    if reference.effective_from:
        former = [document.short for _, document in predecessors(id, register.documents)]
        yield (
            reference.effective_from,
            "begun",
            f"Có hiệu lực{', thay ' if former else ''}{', '.join(former)}",
        )
    yield from _of_parts(reference)
    if reference.effective_until:
        yield reference.effective_until, "ended", "Ngày cuối còn hiệu lực"
    if reference.valid_until:
        yield reference.valid_until, "part", "Nội dung ghi ở đây đúng đến ngày này"
    is_over = reference.status in registers.ENDED
    after = "" if is_over else ". Sau đó: kiểm lại trước khi dùng"
    yield register.checked_until, "checked", f"Đã kiểm hiệu lực tới ngày này{after}"


def _of_parts(reference: Reference) -> Iterator[tuple[date, str, str]]:
    """Yields the days of parts that are not those of the whole, the places of a day together."""
    began: dict[date, list[str]] = {}
    ended: dict[date, list[str]] = {}
    right: dict[date, list[str]] = {}
    for keys, place in reference.all_statements():
        if not keys:
            continue
        words = registers.locator_words(reference, ".".join(keys[1::2]))
        if place.effective_from and place.effective_from != reference.effective_from:
            began.setdefault(place.effective_from, []).append(words)
        if place.effective_until and place.effective_until != reference.effective_until:
            ended.setdefault(place.effective_until, []).append(words)
        if place.valid_until and place.valid_until != reference.valid_until:
            right.setdefault(place.valid_until, []).append(words)
    for day, places in began.items():
        yield day, "part", f"Riêng {', '.join(places)} có hiệu lực"
    for day, places in ended.items():
        yield day, "part", f"Ngày cuối áp dụng {', '.join(places)}"
    for day, places in right.items():
        yield day, "part", f"Nội dung ghi ở {', '.join(places)} đúng đến ngày này"
