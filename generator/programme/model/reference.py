"""The legal register: documents, articles, and what was in force when."""

from __future__ import annotations

from datetime import date
from typing import Literal

from .base import NOTHING, Document, FrozenMap, Value
from .scalars import Day, MarkdownText, Slug, Text

Confidence = Literal["high", "medium", "low"]
Status = Literal["in-force", "amended", "partly-in-force", "replaced", "expired", "unverified"]

#: Statuses of what is law no more; the day on which it ended must be known.
ENDED = frozenset({"replaced", "expired"})


class Term(Value):
    """What has a span of days in which it is law; `None` leaves that end open."""

    effective_from: Day | None = None
    effective_until: Day | None = None

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
        article_key, _, clause_key = locator.partition(".")
        article = self.articles.get(article_key)
        if article is None:
            return (self,)
        clause = article.clauses.get(clause_key) or article.clauses.get(clause_key.split(".")[0])
        return (self, article, clause) if clause else (self, article)

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
