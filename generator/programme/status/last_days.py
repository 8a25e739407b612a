"""All that is right only until a day, and what tests lack from then on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..checks.last_days import cited_law
from ..checks.passages import passages
from ..law import citation_words
from ..model.programme import Programme
from ..supply import Shortage, shortages


@dataclass(frozen=True, kw_only=True)
class LastDay:
    """The last day on which something is right, and the file in which that is written.

    `name` is a question's id, a citation, a term or a title. `cited_in` are the files that rest on a law: not
    those that cite it as a former one.
    """

    last_day: date
    kind: Literal["question", "law", "term", "approval"]
    name: str
    file: str
    cited_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ComingLastDays:
    """`coming` holds also what was right until a day that is past: it is due most of all."""

    coming: tuple[LastDay, ...]
    shortages: tuple[Shortage, ...]


def coming_last_days(programme: Programme, day: date, until: date) -> ComingLastDays:
    """Returns the last days up to `until`, and what tests lack by then, the first to come first."""
    return ComingLastDays(
        coming=tuple(one for one in last_days(programme) if one.last_day <= until),
        shortages=shortages(programme, day, until),
    )


def last_days(programme: Programme) -> tuple[LastDay, ...]:
    """Returns everything that has a last day, the first to end first."""
    found = (*_questions(programme), *_law(programme), *_terms(programme), *_approvals(programme))
    return tuple(sorted(found, key=lambda one: (one.last_day, one.file)))


def _questions(programme: Programme) -> Iterator[LastDay]:
    for id, (bank, question) in programme.questions.items():
        if question.valid_until:
            yield LastDay(last_day=question.valid_until, kind="question", name=id, file=bank.source)


def _law(programme: Programme) -> Iterator[LastDay]:
    """Yields statements of law that have a day of their own, and laws that end while somebody cites them."""
    citing = _files_citing(programme)
    for id, reference in programme.register.documents.items():
        for keys, statement in reference.all_statements():
            files = tuple(citing.get((id, *keys), ()))
            if day := statement.last_day if files else statement.valid_until:
                name = citation_words(reference, ".".join(keys[1::2]))
                file = programme.register.source
                yield LastDay(last_day=day, kind="law", name=name, file=file, cited_in=files)


def _files_citing(programme: Programme) -> Mapping[tuple[str, ...], dict[str, None]]:
    """Returns the files that rest on each statement of law, by its document and its keys within that."""
    found: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for passage in passages(programme):
        for pointer, reference in cited_law(programme, passage):
            for keys in reference.statements(pointer.locator):
                found[pointer.id, *keys][passage.file] = None
    return found


def _terms(programme: Programme) -> Iterator[LastDay]:
    terms = programme.terms
    for entry in terms.glossary.values():
        if entry.valid_until:
            yield LastDay(last_day=entry.valid_until, kind="term", name=entry.term, file=terms.source)


def _approvals(programme: Programme) -> Iterator[LastDay]:
    for document in programme.reviewed:
        day = document.review.valid_until
        if day and not document.review.is_draft:
            yield LastDay(last_day=day, kind="approval", name=document.title, file=document.source)
