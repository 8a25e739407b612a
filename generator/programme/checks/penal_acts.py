"""Acts that are looked up: every figure stands in its clause of the register, every name leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from ..model.penal_act import (
    FIGURES,
    ORDERED_BY,
    FineLimit,
    FineMeasure,
    LawSaying,
    LookUp,
    PenalAct,
    PenalArticle,
    amount_words,
    amounts_in,
    fines_in,
    gists_of,
)
from ..model.pointer import pointers_in
from ..model.programme import Programme
from ..model.registers import Reference
from ..problems import Path, Problem, nearest_name, place_of, unknown_name
from ..vietnamese import folded, lowered, written_day

WARNING = "cảnh cáo"


def check_penal_acts(programme: Programme) -> Iterator[Problem]:
    if programme.look_up is None:
        return
    yield from _named(programme, programme.look_up)
    documents = programme.register.documents
    decree = documents.get(programme.look_up.decree)
    former = documents.get(programme.look_up.former)
    if decree is None or former is None:
        return
    yield from _days(programme, programme.look_up, decree, former)
    yield from _rules(programme.look_up, decree)
    yield from _limits(programme.look_up, decree)
    yield from _acts(programme.look_up, decree)
    yield from _former_articles(programme.look_up, former)
    yield from _words(programme.look_up)


# --- names -----------------------------------------------------------------------------------


def _named(programme: Programme, look_up: LookUp) -> Iterator[Problem]:
    """Yields every id that names nothing."""
    documents, decisions = programme.register.documents, programme.decisions
    for key in ("decree", "former"):
        if (id := getattr(look_up, key)) not in documents:
            yield unknown_name("reference", place_of(look_up, key), id, documents)
    asked: list[tuple[Path, str]] = [(("organisation_asked",), look_up.organisation_asked)]
    asked += [(("assumes", index), id) for index, id in enumerate(look_up.assumes)]
    for number, article in look_up.articles.items():
        asked += [(("articles", number, "assumes", index), id) for index, id in enumerate(article.assumes)]
    for path, id in asked:
        if id not in decisions:
            yield unknown_name("decision", place_of(look_up, *path), id, decisions)
    for index, lesson in enumerate(look_up.lessons):
        if lesson not in programme.lessons:
            yield unknown_name("lesson", place_of(look_up, "lessons", index), lesson, programme.lessons)
    yield from _called(programme, look_up)
    yield from _signs(look_up)


def _called(programme: Programme, look_up: LookUp) -> Iterator[Problem]:
    contacts = programme.contacts.contacts
    for id in look_up.calls:
        place = replace(place_of(look_up, "calls", id), at_key=True)
        if id not in contacts:
            yield unknown_name("contact", place, id, contacts)
        elif not contacts[id].publish:
            yield Problem(code="contact-not-publishable", place=place, values={"id": id})


def _signs(look_up: LookUp) -> Iterator[Problem]:
    for id, sign in look_up.signs.items():
        if not any(pointer.kind == "reference" for pointer in pointers_in(sign.law)):
            yield Problem(
                code="sign-without-law", place=place_of(look_up, "signs", id, "law"), values={"id": id}
            )
    for number, _, id, act in look_up.acts():
        for index, sign_id in enumerate(act.signs):
            if sign_id not in look_up.signs:
                place = place_of(look_up, "articles", number, "acts", id, "signs", index)
                yield unknown_name("sign", place, sign_id, look_up.signs)


# --- days ------------------------------------------------------------------------------------


def _days(programme: Programme, look_up: LookUp, decree: Reference, former: Reference) -> Iterator[Problem]:
    """Yields two decrees that do not follow each other, and acts read before their decree was checked.

    A decree that ends before it starts is told at the register.
    """
    start, end = decree.effective_from, former.effective_until
    is_reversed = end and former.effective_from and end < former.effective_from
    if not is_reversed and (start is None or end is None or end + timedelta(days=1) != start):
        values = {"former": former.short, "decree": decree.short}
        values["end"] = written_day(end) if end else "chưa ghi"
        values["start"] = written_day(start) if start else "chưa ghi"
        yield Problem(code="decrees-apart", place=place_of(look_up, "former"), values=values)
    if look_up.checked < decree.checked:
        values = {"day": written_day(decree.checked), "decree": decree.short}
        yield Problem(code="acts-not-read-again", place=place_of(look_up, "checked"), values=values)
    for number, _, id, act in look_up.acts():
        decision = programme.decisions.get(look_up.organisation_asked)
        if act.organisation == "asked" and decision and not decision.is_open:
            place = place_of(look_up, "articles", number, "acts", id, "organisation")
            yield Problem(
                code="organisation-answered", place=place, values={"id": look_up.organisation_asked}
            )


# --- figures ---------------------------------------------------------------------------------


def _gists(
    look_up: LookUp, reference: Reference, locator: str, path: Path
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Returns what the register says of a clause, or the problem that it says nothing."""
    gists = gists_of(reference, locator)
    if gists:
        return gists, ()
    article, _, clause = locator.partition(".")
    values = {"article": article, "clause": clause, "number": reference.number}
    known = reference.articles.get(article)
    code = "unknown-clause" if known else "unknown-article"
    meant = nearest_name(clause, known.clauses) if known else nearest_name(article, reference.articles)
    return (), (Problem(code=code, place=place_of(look_up, *path), values=values, suggestion=meant),)


def _saying(look_up: LookUp, decree: Reference, saying: LawSaying, path: Path) -> Iterator[Problem]:
    """Yields clauses that are not there, and each figure that none of them states."""
    said: list[str] = []
    for index, clause in enumerate(saying.clauses):
        gists, missing = _gists(look_up, decree, clause, (*path, "clauses", index))
        yield from missing
        said += gists
    stated = {figure for gist in said for figure in FIGURES.findall(gist)}
    for key in ("text", "short"):
        for figure in FIGURES.findall(getattr(saying, key, None) or ""):
            if said and figure not in stated:
                yield _not_stated(look_up, (*path, key), figure, decree, saying.clauses, said)


def _not_stated(
    look_up: LookUp, path: Path, figure: str, decree: Reference, clauses: Iterable[str], said: Iterable[str]
) -> Problem:
    values = {
        "figure": figure,
        "number": decree.number,
        "clauses": ", ".join(clauses),
        "says": " ".join(said),
    }
    return Problem(code="figure-not-in-law", place=place_of(look_up, *path), values=values)


def _rules(look_up: LookUp, decree: Reference) -> Iterator[Problem]:
    for name in type(look_up.rules).model_fields:
        yield from _saying(look_up, decree, getattr(look_up.rules, name), ("rules", name))


def _limits(look_up: LookUp, decree: Reference) -> Iterator[Problem]:
    for index, limit in enumerate(look_up.limits):
        yield from _limit(look_up, decree, limit, ("limits", index))


def _limit(look_up: LookUp, decree: Reference, limit: FineLimit, path: Path) -> Iterator[Problem]:
    """Yields a limit that one of its clauses does not state."""
    for index, clause in enumerate(limit.clauses):
        gists, missing = _gists(look_up, decree, clause, (*path, "clauses", index))
        yield from missing
        if gists and limit.amount not in {amount for gist in gists for amount in amounts_in(gist)}:
            figure = amount_words(limit.amount)
            yield _not_stated(look_up, (*path, "amount"), figure, decree, [clause], gists)


def _acts(look_up: LookUp, decree: Reference) -> Iterator[Problem]:
    for number, article in look_up.articles.items():
        for index, measure in enumerate(article.measures):
            yield from _measure(look_up, decree, article, measure, ("articles", number, "measures", index))
    for number, _, id, act in look_up.acts():
        yield from _act(look_up, decree, act, f"{number}.{act.clause}", ("articles", number, "acts", id))


def _measure(
    look_up: LookUp, decree: Reference, article: PenalArticle, measure: FineMeasure, path: Path
) -> Iterator[Problem]:
    yield from _saying(look_up, decree, measure, path)
    said = [gist for clause in measure.clauses for gist in gists_of(decree, clause)]
    if said and not any(ORDERED_BY[measure.kind] in lowered(gist) for gist in said):
        values = {"words": ORDERED_BY[measure.kind], "clauses": ", ".join(measure.clauses)}
        yield Problem(code="measure-not-in-law", place=place_of(look_up, *path, "kind"), values=values)
    for index, id in enumerate(measure.only):
        if id not in article.acts:
            yield unknown_name("act", place_of(look_up, *path, "only", index), id, article.acts)


def _act(look_up: LookUp, decree: Reference, act: PenalAct, locator: str, path: Path) -> Iterator[Problem]:
    """Yields a fine or a warning of an act that its clause does not state."""
    gists, missing = _gists(look_up, decree, locator, (*path, "clause"))
    yield from missing
    if not gists:
        return
    if act.fine not in {fine for gist in gists for fine in fines_in(gist)}:
        yield _not_stated(look_up, (*path, "fine"), act.fine.words, decree, [locator], gists)
    if act.warning != any(WARNING in lowered(gist) for gist in gists):
        values = {"id": path[-1], "clauses": locator, "says": " ".join(gists)}
        code = "warning-not-in-law" if act.warning else "warning-left-out"
        place = place_of(look_up, *path, *(("warning",) if act.warning else ("clause",)))
        yield Problem(code=code, place=place, values={key: str(value) for key, value in values.items()})


def _former_articles(look_up: LookUp, former: Reference) -> Iterator[Problem]:
    """Yields former articles that the register lacks, or of which it does not say that the fines stayed."""
    for number, article in look_up.articles.items():
        if article.former is None:
            continue
        path: Path = ("articles", number, "former")
        gists, missing = _gists(look_up, former, article.former, path)
        yield from missing
        if gists and not any("giữ nguyên" in gist and f"Điều {number} " in gist for gist in gists):
            values = {"former": article.former, "article": number, "number": former.number}
            yield Problem(code="former-fine-not-same", place=place_of(look_up, *path), values=values)


# --- words -----------------------------------------------------------------------------------


def _words(look_up: LookUp) -> Iterator[Problem]:
    """Yields what nobody can find: without words, words that open two things, and examples that open none."""
    first: dict[str, str] = {}
    entries: list[tuple[Path, str, tuple[str, ...]]] = [
        (("articles", number, "acts", id), id, act.words) for number, _, id, act in look_up.acts()
    ]
    entries += [(("signs", id), id, sign.words) for id, sign in look_up.signs.items()]
    for path, id, words in entries:
        if not words:
            yield Problem(code="no-words", place=place_of(look_up, *path, "words"), values={"id": id})
        for index, typed in enumerate(words):
            other = first.setdefault(folded(typed), id)
            if other != id:
                place = place_of(look_up, *path, "words", index)
                yield Problem(code="words-of-two", place=place, values={"words": typed, "other": other})
    for index, typed in enumerate(look_up.examples):
        if folded(typed) not in first:
            place = place_of(look_up, "examples", index)
            yield Problem(code="example-of-nothing", place=place, values={"words": typed})
