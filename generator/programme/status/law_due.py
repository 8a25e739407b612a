"""Changes of the law, doubtful law, and all that is right only until a day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pydantic_core import PydanticCustomError

from ..checks.links import cited_law
from ..checks.passages import all_passages
from ..course_figures import Shortage, question_shortages
from ..kinds import KINDS, title_of
from ..model import values
from ..model.programme import Programme
from ..model.registers import ENDED, Reference, Term, citation_words, doubt_words

#: How the register says in words from when a document was amended.
FROM = re.compile(r"hiệu lực(?: thi hành)?(?: kể)? từ (?:ngày )?(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
#: By file, the documents cited there, each with the locator of the place.
PlacesByFile = Mapping[str, tuple[tuple[str, str], ...]]


# --- what cites law ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CitingContent:
    """A text of any kind, questions included, with the places of the law it cites as law.

    `day` is the one on which somebody checked it (`review.checked`; for a flow, that of its lesson, for an
    observed task, that of its course); where nobody wrote one down, and for banks and scenarios, it is the
    programme's (`as_of`), as in the checks. Citations of former law are left out.
    """

    id: str
    kind: str
    title: str
    day: date
    is_checked: bool
    places: tuple[tuple[str, str], ...]


def citing_content(programme: Programme) -> tuple[CitingContent, ...]:
    """Returns all content, in the order of the programme, with the places that each cites."""
    places, as_of = _places_by_file(programme), programme.charter.as_of
    reviews = (
        (kind.name, document, kind.review(programme, document))
        for kind in KINDS
        for document in programme.of(kind.model).values()
    )
    return tuple(
        CitingContent(
            id=document.id,
            kind=kind,
            title=title_of(document),
            day=review.content_date(as_of),
            is_checked=review.checked is not None,
            places=places.get(document.source, ()),
        )
        for kind, document, review in reviews
    )


def content_citing(
    citations: Iterable[CitingContent], document: str, locator: str = ""
) -> tuple[CitingContent, ...]:
    """Returns the content that cites a document or, with a locator, that place of it."""
    return tuple(content for content in citations if cites(content, document, locator))


def cites(content: CitingContent, document: str, locator: str) -> bool:
    """Tells whether content rests on a place of the law; `8` and `8.3.d` rest on each other.

    A citation of the document alone rests on it as a whole, not on one article of it.
    """
    return any(id == document and _touches(place, locator) for id, place in content.places)


def _touches(place: str, locator: str) -> bool:
    if not locator or place == locator:
        return True
    return bool(place) and (place.startswith(f"{locator}.") or locator.startswith(f"{place}."))


def _places_by_file(programme: Programme) -> PlacesByFile:
    """Returns the places that the texts of each file rest on, in the order in which they cite them."""
    places_by_file: dict[str, dict[tuple[str, str], None]] = {}
    for passage in all_passages(programme):
        for pointer, _ in cited_law(programme, passage):
            places_by_file.setdefault(passage.file, {})[pointer.id, pointer.locator] = None
    return {file: tuple(places) for file, places in places_by_file.items()}


# --- what changes and what is in doubt -----------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class LawChange:
    """A change of a place of the law from `on`: it begins, has ended, is amended, or its entry lapses.

    `by` tells what amends it.
    """

    on: date
    document: str
    locator: str
    title: str
    change: str
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class ComingChange(LawChange):
    """A change that is still to come, with the number of texts that cite the place."""

    citing: int


@dataclass(frozen=True, kw_only=True)
class DoubtfulLaw:
    """A document, article or clause that is to be compared with its original.

    `doubt` is `unverified` where nobody has verified it, so that it is not cited as law; else `compare`.
    """

    document: str
    locator: str
    title: str
    doubt: str
    checked: date
    citing: int


@dataclass(frozen=True, kw_only=True)
class LawDue:
    """The law that is due; `checked_until` is the day up to which the register was compared with new law.

    `undated` are documents that are cited and whose beginning, or a change, has no day in the register: short
    names by id.
    """

    checked_until: date
    notice: str
    documents: int
    coming: tuple[ComingChange, ...]
    doubtful: tuple[DoubtfulLaw, ...]
    undated: Mapping[str, str]


def law_due(programme: Programme, citations: tuple[CitingContent, ...], day: date) -> LawDue:
    """Returns what is known to change after the day, and what is in doubt, checked longest ago first."""
    register = programme.register
    # The register's own last days are listed with all other last days.
    coming = [change for change in law_changes(programme) if change.on > day and change.change != "lapsed"]
    doubtful = [place for id in register.documents for place in _doubtful(programme, id, citations, day)]
    return LawDue(
        checked_until=register.checked_until,
        notice=register.notice,
        documents=len(register.documents),
        coming=tuple(
            _with_citing(change, citations) for change in sorted(coming, key=lambda change: change.on)
        ),
        doubtful=tuple(sorted(doubtful, key=lambda place: (place.doubt != "unverified", place.checked))),
        undated={
            id: reference.short
            for id, reference in register.documents.items()
            if _is_undated(reference) and content_citing(citations, id)
        },
    )


def law_changes(programme: Programme) -> tuple[LawChange, ...]:
    """Returns every change of the register's law whose day is known."""
    documents = programme.register.documents.items()
    return tuple(change for id, reference in documents for change in _changes(id, reference))


def _changes(id: str, reference: Reference) -> Iterator[LawChange]:
    for locator, term in _register_terms(reference):
        title = citation_words(reference, locator)
        days = (
            ("begins", term.effective_from),
            ("ended", term.effective_until and term.effective_until + timedelta(days=1)),
            ("lapsed", term.valid_until and term.valid_until + timedelta(days=1)),
        )
        for change, on in days:
            if on:
                yield LawChange(on=on, document=id, locator=locator, title=title, change=change)
    for words in reference.amended_by:
        if on := _amended_on(words):
            yield LawChange(on=on, document=id, locator="", title=reference.short, change="amended", by=words)


def _amended_on(words: str) -> date | None:
    """Returns the day that the words tell, or None where they tell none or one that does not exist."""
    match = FROM.search(words)
    try:
        return values.day(match[1]) if match else None
    except PydanticCustomError:
        return None


def _register_terms(reference: Reference) -> Iterator[tuple[str, Term]]:
    """Yields all that the register says of a document, each with the locator of its place."""
    return ((".".join(keys[1::2]), term) for keys, term in reference.all_statements())


def _is_undated(reference: Reference) -> bool:
    if reference.status in ENDED:
        return False
    return reference.effective_from is None or not all(map(_amended_on, reference.amended_by))


def _with_citing(change: LawChange, citations: Iterable[CitingContent]) -> ComingChange:
    count = len(content_citing(citations, change.document, change.locator))
    return ComingChange(**vars(change), citing=count)


def _doubtful(
    programme: Programme, id: str, citations: tuple[CitingContent, ...], day: date
) -> Iterator[DoubtfulLaw]:
    """Yields what is in doubt of a document that has not ended.

    The document stands for its places, except one that may not be cited though the document may be.
    """
    reference = programme.register.documents[id]
    if reference.effective_until is not None and reference.effective_until < day:
        return
    places = [locator for locator, _ in _register_terms(reference) if doubt_words(reference, locator)]
    if "" in places:
        hidden = {place for place in places if reference.may_be_law(place) or not reference.may_be_law("")}
        places = ["", *(place for place in places if place and place not in hidden)]
    for locator in places:
        yield DoubtfulLaw(
            document=id,
            locator=locator,
            title=citation_words(reference, locator),
            doubt="compare" if reference.may_be_law(locator) else "unverified",
            checked=reference.checked,
            citing=len(content_citing(citations, id, locator)),
        )


@dataclass(frozen=True, kw_only=True)
class LastDay:
    """The last day on which something is right, and the file in which that is written.

    `name` is a question's id, a citation, a term or a title. `cited_in` are the files that rest on a law,
    without those that cite it as a former one.
    """

    last_day: date
    kind: Literal["question", "law", "term", "approval"]
    name: str
    file: str
    cited_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ComingLastDays:
    """The last days to come; `coming` also holds what ended in the past, which is due most of all."""

    coming: tuple[LastDay, ...]
    shortages: tuple[Shortage, ...]


def coming_last_days(programme: Programme, day: date, until: date) -> ComingLastDays:
    """Returns the last days up to `until`, and what tests lack by then, the earliest first."""
    return ComingLastDays(
        coming=tuple(entry for entry in last_days(programme) if entry.last_day <= until),
        shortages=question_shortages(programme, day, until),
    )


def last_days(programme: Programme) -> tuple[LastDay, ...]:
    """Returns everything that has a last day, the earliest first."""
    entries = (
        *_questions(programme),
        *_law(programme),
        *_last_days_of_terms(programme),
        *_approvals(programme),
    )
    return tuple(sorted(entries, key=lambda entry: (entry.last_day, entry.file)))


def _questions(programme: Programme) -> Iterator[LastDay]:
    for id, (bank, question) in programme.questions.items():
        if question.valid_until:
            yield LastDay(last_day=question.valid_until, kind="question", name=id, file=bank.source)


def _law(programme: Programme) -> Iterator[LastDay]:
    """Yields statements of law that have a day of their own, and laws that end while something cites them."""
    citing = _files_citing(programme)
    for id, reference in programme.register.documents.items():
        for keys, statement in reference.all_statements():
            files = tuple(citing.get((id, *keys), ()))
            if day := statement.last_day if files else statement.valid_until:
                name = citation_words(reference, ".".join(keys[1::2]))
                file = programme.register.source
                yield LastDay(last_day=day, kind="law", name=name, file=file, cited_in=files)


def _files_citing(programme: Programme) -> Mapping[tuple[str, ...], dict[str, None]]:
    """Returns the files that rest on each statement of law, by its document and its keys in it."""
    files: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for passage in all_passages(programme):
        for pointer, reference in cited_law(programme, passage):
            for keys in reference.statements(pointer.locator):
                files[pointer.id, *keys][passage.file] = None
    return files


def _last_days_of_terms(programme: Programme) -> Iterator[LastDay]:
    terms = programme.terms
    for entry in terms.glossary.values():
        if entry.valid_until:
            yield LastDay(last_day=entry.valid_until, kind="term", name=entry.term, file=terms.source)


def _approvals(programme: Programme) -> Iterator[LastDay]:
    for document in programme.reviewed:
        day = document.review.valid_until
        if day and not document.review.is_draft:
            yield LastDay(last_day=day, kind="approval", name=document.title, file=document.source)
