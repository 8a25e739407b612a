"""The legal register: documents, articles, and what was in force when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from .base import NOTHING, Document, FrozenMap, Value
from .scalars import Day, MarkdownText, Slug, Text

Confidence = Literal["high", "medium", "low"]
Status = Literal["in-force", "amended", "partly-in-force", "replaced", "expired", "unverified"]

#: Statuses of what is law no more; the day on which it ended must be known.
ENDED = frozenset({"replaced", "expired"})


class Term(Value):
    """Has a span of days in which it is law; `None` leaves that end open.

    `valid_until` is the last day on which what the register says of it is right, though it stays law: another
    text changes it then, or it has to be read again.
    """

    effective_from: Day | None = None
    effective_until: Day | None = None
    valid_until: Day | None = None

    @property
    def last_day(self) -> date | None:
        """Returns the last day on which it is law and the register is right of it, where one is known."""
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
        """Whether `5`, or its point `5.d`, may be cited: where no clause is listed, any may."""
        first = clause.split(".")[0]
        listed = {key.split(".")[0] for key in self.clauses}
        return not (clause and listed) or clause in self.clauses or first in self.clauses or clause in listed


class Reference(Term):
    """A legal document, with the articles that content may cite."""

    number: Text
    short: Text
    title: Text
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
        """The document, then the article and clause that a locator such as `34.5` names."""
        return tuple(self.statements(locator).values())

    def statements(self, locator: str) -> Mapping[tuple[str, ...], Reference | Article | Clause]:
        """Returns what the register says of a place, from the document down, by its keys in the document."""
        found: dict[tuple[str, ...], Reference | Article | Clause] = {(): self}
        article_key, _, clause_key = locator.partition(".")
        article = self.articles.get(article_key)
        if article is None:
            return found
        found["articles", article_key] = article
        for key in (clause_key, clause_key.split(".")[0]):
            if key in article.clauses:
                found["articles", article_key, "clauses", key] = article.clauses[key]
                break
        return found

    def all_statements(self) -> Iterator[tuple[tuple[str, ...], Reference | Article | Clause]]:
        """Yields the document, every article and every clause, each with its keys within the document."""
        yield (), self
        for key, article in self.articles.items():
            yield ("articles", key), article
            for clause, one in article.clauses.items():
                yield ("articles", key, "clauses", clause), one

    def confidence_of(self, locator: str) -> Confidence:
        """Returns how sure the register is of a place: as its clause or article says, else its document."""
        said = [span.confidence for span in self.spans(locator) if span.confidence]
        return said[-1]

    def may_be_law(self, locator: str) -> bool:
        """Whether the register vouches for that place, so that it may be cited as law."""
        return self.status != "unverified" and self.confidence_of(locator) != "low"


class Register(Document):
    checked_until: Day
    notice: Text
    documents: FrozenMap[Slug, Reference]
