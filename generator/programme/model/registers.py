"""The registers that texts rely on: legal documents, terms, units and audiences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from .values import (
    NOTHING,
    Count,
    Day,
    Document,
    Flag,
    FrozenMap,
    Level,
    MarkdownText,
    Point,
    Slug,
    Text,
    Value,
)

Confidence = Literal["high", "medium", "low"]
#: Whether somebody is of age; `all` are of any age.
Ages = Literal["adults", "minors", "all"]
Status = Literal["in-force", "amended", "partly-in-force", "replaced", "expired", "unverified"]
#: Statuses of former law; the day on which it ended must be known.
ENDED = frozenset({"replaced", "expired"})


class Term(Value):
    """A span of days in which something is law; `None` leaves that end open.

    `valid_until` is the last day on which the register's words on it are right, though it stays law: another
    text changes it then, or it has to be read again.
    """

    effective_from: Day | None = None
    effective_until: Day | None = None
    valid_until: Day | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which it is law and the register is right about it; None where none is known."""
        return min(filter(None, (self.effective_until, self.valid_until)), default=None)

    def was_in_force(self, on: date) -> bool:
        started = self.effective_from is None or self.effective_from <= on
        return started and (self.effective_until is None or on <= self.effective_until)


class Clause(Term):
    gist: MarkdownText
    note: Text | None = None
    confidence: Confidence | None = None


class Article(Term):
    title: Text | None = None
    gist: MarkdownText
    note: MarkdownText | None = None
    clauses: FrozenMap[Text, Clause] = NOTHING
    confidence: Confidence | None = None

    def has_clause(self, clause: str) -> bool:
        """Tells whether `5`, or its point `5.d`, may be cited: where no clause is listed, any may."""
        first = clause.split(".")[0]
        listed = {key.split(".")[0] for key in self.clauses}
        return not (clause and listed) or clause in self.clauses or first in self.clauses or clause in listed


class Reference(Term):
    """A legal document, with the articles that content may cite."""

    number: Text
    short: Text
    title: Text
    topic: Slug
    issuer: Text
    issued: Day | Text | None = None
    effective_note: Text | None = None
    status: Status
    status_note: Text | None = None
    replaced_by: Text | None = None
    amended_by: tuple[Text, ...] = ()
    divided_by: Literal["articles", "points"] = "articles"
    articles: FrozenMap[Text, Article] = NOTHING
    related: tuple[MarkdownText, ...] = ()
    cautions: tuple[MarkdownText, ...] = ()
    sources: tuple[Text, ...] = ()
    confidence: Confidence
    checked: Day

    def spans(self, locator: str) -> tuple[Reference | Article | Clause, ...]:
        """Returns the document, then the article and clause that a locator such as `34.5` names."""
        return tuple(self.statements(locator).values())

    def statements(self, locator: str) -> Mapping[tuple[str, ...], Reference | Article | Clause]:
        """Returns the register's entries on a place, the document first, by their keys in the document."""
        statements: dict[tuple[str, ...], Reference | Article | Clause] = {(): self}
        article_key, _, clause_key = locator.partition(".")
        article = self.articles.get(article_key)
        if article is None:
            return statements
        statements["articles", article_key] = article
        for key in (clause_key, clause_key.split(".")[0]):
            if key in article.clauses:
                statements["articles", article_key, "clauses", key] = article.clauses[key]
                break
        return statements

    def all_statements(self) -> Iterator[tuple[tuple[str, ...], Reference | Article | Clause]]:
        """Yields the document, every article and every clause, each with its keys within the document."""
        yield (), self
        for key, article in self.articles.items():
            yield ("articles", key), article
            for clause, statement in article.clauses.items():
                yield ("articles", key, "clauses", clause), statement

    def confidence_of(self, locator: str) -> Confidence:
        """Returns how sure the register is of a place: as its clause or article says, else its document."""
        confidences = [span.confidence for span in self.spans(locator) if span.confidence]
        return confidences[-1]

    def may_be_law(self, locator: str) -> bool:
        """Tells whether the register has verified that place, so that it may be cited as law."""
        return self.status != "unverified" and self.confidence_of(locator) != "low"


class Register(Document):
    checked_until: Day
    notice: Text
    topics: FrozenMap[Slug, Text]
    """What documents are about, in the order in which the list of laws is grouped."""
    documents: FrozenMap[Slug, Reference]


STATUS_WORDS = {
    "in-force": "còn hiệu lực",
    "amended": "còn hiệu lực, đã sửa đổi",
    "partly-in-force": "còn hiệu lực một phần",
    "replaced": "đã thay thế",
    "expired": "hết hiệu lực",
    "unverified": "chưa kiểm",
}
TO_COMPARE = "cần đối chiếu bản gốc"
#: Of a document whose copy has neither number nor day, so that nobody can look it up.
UNNUMBERED = "bản chưa có số, ngày"
IN_FORCE = frozenset(STATUS_WORDS[status] for status in ("in-force", "amended", "partly-in-force"))
CONFIDENCE_WORDS = {
    "high": "cao",
    "medium": "vừa, cần đối chiếu bản gốc",
    "low": "thấp, không dùng làm căn cứ",
}


def locator_words(reference: Reference, locator: str) -> str:
    """Returns "Điều 8 khoản 3 điểm d" for `8.3.d`, "mục II.2.1 điểm c" for `II.2.1.c`, "" for ""."""
    if not locator:
        return ""
    parts = locator.split(".")
    if reference.divided_by == "points":
        section = [part for part in parts if not part.islower()]
        points = [f"điểm {part}" for part in parts if part.islower()]
        return " ".join([f"mục {'.'.join(section)}", *points])
    article = reference.articles.get(parts[0])
    head = f"Điều {parts[0]}" if parts[0][:1].isdigit() else (article and article.title) or parts[0]
    return " ".join(filter(None, (head, clause_words(".".join(parts[1:])))))


def clause_words(clause: str) -> str:
    """Returns "khoản 3 điểm d" for `3.d`, "" for ""."""
    parts = filter(None, clause.split("."))
    return " ".join(f"khoản {part}" if part[:1].isdigit() else f"điểm {part}" for part in parts)


def citation_words(reference: Reference, locator: str) -> str:
    return ", ".join(filter(None, (reference.short, locator_words(reference, locator))))


def doubt_words(reference: Reference, locator: str) -> str:
    """Returns the doubt that a reader of a citation has to know of; "" where the register is sure."""
    if not reference.may_be_law(locator):
        return "chưa kiểm"
    return TO_COMPARE if reference.confidence_of(locator) == "medium" else ""


def status_on(reference: Reference, on: date) -> str:
    """Returns the status words of a document on a day: one that has ended by then is not in force."""
    has_end = reference.effective_until is not None
    if reference.status in ENDED and has_end and reference.was_in_force(on):
        return STATUS_WORDS["in-force"]
    if reference.status == "unverified" or reference.was_in_force(on):
        return STATUS_WORDS[reference.status]
    ended = reference.effective_until is not None and reference.effective_until < on
    if not ended:
        return "chưa có hiệu lực"
    return STATUS_WORDS["replaced" if reference.replaced_by else "expired"]


def surest_status_on(reference: Reference, on: date) -> str:
    """Returns what a page says of a document: it is in force only where nothing about it is unsure."""
    status = status_on(reference, on)
    if not says_in_force(status):
        return status
    return UNNUMBERED if "…" in reference.number else doubt_words(reference, "") or status


def says_in_force(status: str) -> bool:
    """Tells whether status words say that it is law, which holds up to the register's last check."""
    return status in IN_FORCE


class ChosenName(Value):
    """The one name of an act, an office or a thing, and the names that it does not go by."""

    use: Text
    avoid: tuple[Text, ...]
    # `except` is a Python keyword; an author writes that.
    exceptions: tuple[Text, ...] = Field(default=(), alias="except")
    reason: Text


class PreferredTerm(ChosenName):
    """A word that respects people, and those that do not; readers see the list."""

    confidence: Confidence
    sources: tuple[Text, ...] = ()


class GlossaryEntry(Value):
    term: Text
    definition: MarkdownText
    source: MarkdownText | None = None
    confidence: Confidence
    valid_until: Day | None = None


class Terms(Document):
    checked: Day
    action_verbs: tuple[Text, ...]
    preferred: FrozenMap[Slug, PreferredTerm]
    names: FrozenMap[Slug, ChosenName] = NOTHING
    glossary: FrozenMap[Slug, GlossaryEntry]


class Agency(Value):
    name: Text
    point: Point
    role: Text | None = None
    requested: Flag = False
    open_group: Flag = False
    communes: Flag = False
    """True of the one that stands for every commune."""


class Commune(Value):
    kind: Literal["xã", "phường", "đặc khu"]
    name: Text
    row: Count | None = None
    column: Count | None = None
    """The place of its tile where units are drawn side by side: row 1 in the north, column 1 in the west."""
    formed_from: tuple[Text, ...] = ()
    confidence: Confidence
    checked: Day


class Province(Value):
    code: Text
    name: Text


class Units(Document):
    checked: Day
    province: Province
    notes: tuple[Text, ...] = ()
    agencies: FrozenMap[Slug, Agency]
    communes: FrozenMap[Text, Commune]


class Audience(Value):
    title: Text
    called: Text | None = None
    """How a page speaks to them, such as `Thầy cô`; its slug is the anchor of what is for them."""
    gets: Text
    effort: Text | None = None
    picture: Slug | None = None
    home_position: Count | None = Field(default=None, alias="door")
    opens: Text | None = None
    """The address that the home page leads to, such as `/ho-tro/`; left out: its own course or campaign."""
    level: Level | None = None
    ages: Ages = "adults"
    may_be_watched: Flag = False
    """Somebody among them may be looked over the shoulder: pages are left in a moment, tell little."""
