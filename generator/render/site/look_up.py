"""The page that looks up the fine of an act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ...programme import urls
from ...programme.model.penal_act import (
    ACTS,
    CrimeSign,
    FineLimit,
    FineMeasure,
    FineRange,
    LookUp,
    PenalAct,
    PenalArticle,
    amount_words,
    article_title,
)
from ...programme.model.plan import DECISIONS
from ...programme.model.pointer import pointers_in
from ...programme.model.registers import Reference, doubt_words, locator_words
from ..templates import day
from ..text.contact_words import telephone_link
from .context import SiteContext, SitePage, drawn_content

#: A frame that is narrower would not be seen, in hundredths of the scale.
THINNEST = 1.4


@dataclass(frozen=True, kw_only=True)
class Decider:
    """Somebody who may fine: `share` is their limit in hundredths of the scale."""

    who: str
    amount: str
    share: float
    clauses: str
    is_commune: bool
    is_enough: bool
    lacks_measure: bool
    """True where the amount would do, but not what must go with it."""


@dataclass(frozen=True, kw_only=True)
class OrderedMeasure:
    text: str
    short: str
    clauses: str


@dataclass(frozen=True, kw_only=True)
class SignOnPage:
    """A sign of a crime; `is_first` where it is the first thing to look for."""

    id: str
    text: str
    law: tuple[tuple[str, str], ...]
    """Each place in the law with its page."""
    is_first: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActOnPage:
    """An act as the page shows it: its fine, what goes with it, who may decide, and the law before."""

    id: str
    name: str
    short: str
    act: PenalAct
    locator: str
    place: str
    href: str
    organisation: FineRange | None
    highest: str
    is_for_commune: bool
    start: float
    width: float
    measures: tuple[OrderedMeasure, ...]
    deciders: tuple[Decider, ...]
    has_repayment: bool
    signs: tuple[SignOnPage, ...]
    former: str
    former_href: str
    doubt: str
    cautions: tuple[Markup, ...]
    quotation: str

    @property
    def fine(self) -> FineRange:
        return self.act.fine

    @property
    def level(self) -> str:
        return "xa" if self.is_for_commune else "tinh"


@dataclass(frozen=True, kw_only=True)
class ArticleOnPage:
    number: str
    title: str
    acts: tuple[ActOnPage, ...]


def look_up_page(context: SiteContext, look_up: LookUp) -> SitePage:
    page, programme = urls.LOOK_UP, context.programme
    decree = programme.register.documents[look_up.decree]
    articles = articles_on_page(context, look_up)
    acts = [act for article in articles for act in article.acts]
    asked = programme.decisions[look_up.organisation_asked]
    content = drawn_content(
        "site/look-up.html.j2",
        context=context,
        page=page,
        addresses=urls,
        look_up=look_up,
        rules=look_up.rules,
        decree=decree,
        former=programme.register.documents[look_up.former],
        status=context.status(decree),
        is_draft=bool(programme.still_open(look_up.assumes)),
        articles=articles,
        acts=acts,
        communal=[act for act in acts if act.is_for_commune],
        signs=_signs(context, look_up, ()),
        limit=amount_words(look_up.commune_limit),
        limit_share=_share(look_up, look_up.commune_limit),
        care=context.inline(look_up.care, page, ACTS),
        stop=context.inline(look_up.stop, page, ACTS),
        forced=context.inline(look_up.forced, page, ACTS),
        officials=context.inline(look_up.officials, page, ACTS),
        calls=[
            (context.contact(id), telephone_link(context.contact(id)), when)
            for id, when in look_up.calls.items()
        ],
        lessons=[programme.lessons[id] for id in look_up.lessons],
        asked_href=context.link(urls.decision(look_up.organisation_asked), page),
        asked_of=", ".join(programme.deciders(asked)),
        cards=[download for download in context.downloads_of(ACTS) if download.edition == "colour"],
        register=programme.register,
    )
    return SitePage(
        address=page,
        title="Tra nhanh mức phạt",
        description="Gõ một hành vi, có dấu hay không dấu: mức phạt, điều khoản, ai được quyết định.",
        content=content,
        meta={"kind": "look-up", "hide": ["navigation", "toc"]},
    )


def articles_on_page(context: SiteContext, look_up: LookUp) -> tuple[ArticleOnPage, ...]:
    """Returns the articles with their acts, in the order of the file."""
    decree = context.programme.register.documents[look_up.decree]
    return tuple(
        ArticleOnPage(
            number=number,
            title=article_title(decree, number),
            acts=tuple(_act(context, look_up, number, article, id, act) for id, act in article.acts.items()),
        )
        for number, article in look_up.articles.items()
    )


def _act(
    context: SiteContext, look_up: LookUp, number: str, article: PenalArticle, id: str, act: PenalAct
) -> ActOnPage:
    page, documents = urls.LOOK_UP, context.programme.register.documents
    decree, former = documents[look_up.decree], documents[look_up.former]
    locator, measures = f"{number}.{act.clause}", article.measures_of(id)
    width = max(_share(look_up, act.fine.high - act.fine.low), THINNEST)
    decisions = context.programme.still_open(article.assumes)
    return ActOnPage(
        id=id,
        name=act.name,
        short=act.short or act.name,
        act=act,
        locator=locator,
        place=locator_words(decree, locator),
        href=context.link(urls.reference(look_up.decree, locator), page),
        organisation=act.fine.times(2) if act.organisation == "doubled" else None,
        highest=amount_words(act.fine.high),
        is_for_commune=act.fine.high <= look_up.commune_limit,
        start=_share(look_up, act.fine.low),
        width=width,
        measures=tuple(_measure(measure) for measure in measures),
        has_repayment=any(measure.kind == "repayment" for measure in measures),
        deciders=tuple(_decider(look_up, limit, act.fine, measures) for limit in look_up.limits),
        signs=_signs(context, look_up, act.signs),
        former=locator_words(former, article.former) if article.former else "",
        former_href=context.link(urls.reference(look_up.former, article.former or ""), page),
        doubt=doubt_words(decree, locator),
        cautions=tuple(
            context.inline(decision.until_then, page, DECISIONS) for decision in decisions.values()
        ),
        quotation=quotation(look_up, decree, act, locator, measures),
    )


def _share(look_up: LookUp, thousands: int) -> float:
    """Returns an amount in hundredths of the scale, which ends at the highest limit."""
    return round(100 * thousands / look_up.highest_limit, 2)


def clause_words(clauses: tuple[str, ...]) -> str:
    """Returns "Đ. 32.3" for one clause, "Đ. 33.3, 55.7" for more."""
    return f"Đ. {', '.join(clauses)}"


def _measure(measure: FineMeasure) -> OrderedMeasure:
    return OrderedMeasure(
        text=measure.text, short=measure.short or measure.text, clauses=clause_words(measure.clauses)
    )


def _decider(
    look_up: LookUp, limit: FineLimit, fine: FineRange, measures: tuple[FineMeasure, ...]
) -> Decider:
    is_enough = limit.allows(fine, measures)
    return Decider(
        who=limit.who,
        amount=amount_words(limit.amount),
        share=_share(look_up, limit.amount),
        clauses=clause_words(limit.clauses),
        is_commune=limit.commune,
        is_enough=is_enough,
        lacks_measure=not is_enough and fine.high <= limit.amount,
    )


def _signs(context: SiteContext, look_up: LookUp, first: tuple[str, ...]) -> tuple[SignOnPage, ...]:
    """Returns the signs of a crime, those that an act names first."""
    return tuple(
        SignOnPage(
            id=id,
            text=look_up.signs[id].text,
            law=tuple(_places(context, look_up.signs[id])),
            is_first=id in first,
            words=look_up.signs[id].words,
        )
        for id in dict.fromkeys((*first, *look_up.signs))
    )


def _places(context: SiteContext, sign: CrimeSign) -> Iterator[tuple[str, str]]:
    """Yields the places that a sign cites, a decree or law in short, with their pages."""
    for pointer in pointers_in(sign.law):
        reference = context.programme.register.documents[pointer.id]
        is_code = reference.short.startswith("Bộ luật")
        initials = "".join(word[0] for word in reference.short.split()).upper()
        words = f"{initials} {pointer.locator}" if is_code else f"{reference.short}, Đ. {pointer.locator}"
        yield words, context.link(urls.reference(pointer.id, pointer.locator), urls.LOOK_UP)


def quotation(
    look_up: LookUp, decree: Reference, act: PenalAct, locator: str, measures: tuple[FineMeasure, ...]
) -> str:
    """Returns what a clerk copies: the act, its fine, the clause, and how sure that is."""
    return " ".join(_quoted(look_up, decree, act, locator, measures))


def _quoted(
    look_up: LookUp, decree: Reference, act: PenalAct, locator: str, measures: tuple[FineMeasure, ...]
) -> Iterator[str]:
    warning = "cảnh cáo hoặc " if act.warning else ""
    yield f"{act.name}: {warning}phạt tiền {act.fine.words} với cá nhân"
    yield f"({locator_words(decree, locator)} Nghị định {decree.number})."
    for measure in measures:
        yield f"{measure.text} ({clause_words(measure.clauses)})."
    yield f"Tra ngày {day(look_up.checked)}; đối chiếu bản ký trước khi dùng."
