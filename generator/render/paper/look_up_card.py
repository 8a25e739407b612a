"""Look-up cards: an article each, two sides of A6, four to a sheet of A4 that is cut up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...programme.model.penal_act import (
    ACTS,
    CrimeSign,
    LookUp,
    PenalAct,
    PenalArticle,
    amount_words,
    article_title,
)
from ...programme.model.pointer import pointers_in
from ...programme.model.values import DRAFT, Review
from ..printable import Sheet
from ..text.citations import short_name
from .context import PaperContext

CARDS_ON_A_SHEET = 4
#: Acts, and letters of what goes with their fines, up to which a card has larger figures.
ROOMY_ACTS, ROOMY_LETTERS = 2, 60


def look_up_cards(context: PaperContext) -> Iterator[Sheet]:
    """Yields the sheet of the cards, where the programme has acts that are looked up."""
    if context.programme.look_up:
        yield _cards(context, context.programme.look_up)


def _cards(context: PaperContext, look_up: LookUp) -> Sheet:
    """The cards of all articles; each back lies behind its front when a sheet is flipped on its long edge."""
    programme = context.programme
    documents = programme.register.documents
    decree, former = documents[look_up.decree], documents[look_up.former]
    is_draft = bool(programme.still_open(look_up.assumes))
    contacts = programme.contacts.contacts
    numbers = list(look_up.articles)
    return context.sheet(
        "look-up-card.html.j2",
        id="the-tra-muc-phat",
        kind="look-up-card",
        title="Thẻ tra mức phạt",
        audience=_audience(context, look_up),
        subject=ACTS,
        review=DRAFT if is_draft else Review(status="approved", checked=look_up.checked),
        layout={"duplex": "long-edge", "is_exact": True},
        sheets=[numbers[at : at + CARDS_ON_A_SHEET] for at in range(0, len(numbers), CARDS_ON_A_SHEET)],
        roomy=[number for number in numbers if _is_roomy(look_up.articles[number])],
        look_up=look_up,
        rules=look_up.rules,
        rows={number: _rows(article) for number, article in look_up.articles.items()},
        asked_of=programme.units.agencies[programme.charter.law_confirmed_by].name,
        titles={number: article_title(decree, number) for number in numbers},
        decree=decree,
        former=short_name(former.short),
        limits=[(limit, amount_words(limit.amount)) for limit in look_up.limits],
        caution={number: bool(programme.still_open(look_up.articles[number].assumes)) for number in numbers},
        signs=[(sign.text, _places(context, sign)) for sign in look_up.signs.values()],
        calls=[(contacts[id].shown, when) for id, when in look_up.calls.items()],
        stop=context.prose.print_line(look_up.stop, ACTS),
        checked_until=programme.register.checked_until,
    )


def _rows(article: PenalArticle) -> list[list[PenalAct]]:
    """Returns the acts of an article as rows: those that follow one another and are fined alike share one."""
    return [
        list(row)
        for _, row in groupby(article.acts.values(), lambda act: (act.fine, act.warning, act.organisation))
    ]


def _is_roomy(article: PenalArticle) -> bool:
    """Tells whether larger figures have room: few acts and measures, and no column for organisations."""
    letters = sum(len(measure.text) for measure in article.measures)
    has_one_column = all(act.organisation == "asked" for act in article.acts.values())
    return has_one_column and len(article.acts) <= ROOMY_ACTS and letters <= ROOMY_LETTERS


def _audience(context: PaperContext, look_up: LookUp) -> str:
    """Returns for whom the lessons are that teach it."""
    programme = context.programme
    courses = [
        course
        for course in programme.courses.values()
        if any(lesson in course.lesson_ids for lesson in look_up.lessons)
    ]
    return programme.audiences[courses[0].audience].title if courses else "Cán bộ"


def _places(context: PaperContext, sign: CrimeSign) -> str:
    """Returns the places that a sign cites: "BLHS 150, 151", each law named once."""
    by_law: dict[str, list[str]] = {}
    for pointer in pointers_in(sign.law):
        short = context.programme.register.documents[pointer.id].short
        initials = "".join(word[0] for word in short.split()).upper()
        law = initials if short.startswith("Bộ luật") else f"{short}, Đ."
        by_law.setdefault(law, []).append(pointer.locator)
    return "; ".join(f"{law} {', '.join(places)}" for law, places in by_law.items())
