"""Rows that the page of a law shows of an article: its clauses as rows, and the lessons that cite it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ...programme import urls
from ...programme.model import registers
from ...programme.model.course import Lesson
from ...programme.model.penal_act import PenalArticle
from ...programme.model.registers import Article, Clause, Reference
from ...programme.vietnamese import WORD_OR_NUMBER
from ..html_safety import trusted_html

_NUMBER = r"\d[\d.,]*(?:–\d[\d.,]*)?"
MONEY = rf"{_NUMBER} (?:triệu |nghìn )?đồng"
_PRISON = rf"tù {_NUMBER} (?:tháng–\d+ )?năm(?: hoặc chung thân)?"
#: Sentences whose figure can stand apart from its words: what is left of them still reads as one.
_FIGURES = (
    (
        "Mức phạt",
        re.compile(
            rf"(?P<before>[^.<]+?)(?P<link> bị (?:phạt )?)"
            rf"(?P<figure>(?:cảnh cáo hoặc phạt )?{MONEY})(?P<after>\.)"
        ),
    ),
    (
        "Hình phạt",
        re.compile(rf"(?P<before>[^.<]+?)(?P<link> bị phạt )(?P<figure>{_PRISON})(?P<after>\.)"),
    ),
    (
        "Hình phạt",
        re.compile(rf"(?P<before>)(?P<link>Phạt )(?P<figure>{_PRISON})(?P<after> khi .+)"),
    ),
    (
        "Được phạt",
        re.compile(rf"(?P<before>[^.<]+? phạt tiền)(?P<link> )(?P<figure>đến {MONEY})(?P<after> trong .+)"),
    ),
)
_MONEY = re.compile(MONEY)
NOTHING_SAID = trusted_html("")
#: How long a title may be to stand on a button, in letters.
SHORT = 20
#: Words that a summary may have beyond those of its clauses without saying more than they do.
_FILLERS = frozenset({"bị", "phải", "và", "có", "được"})


@dataclass(frozen=True, kw_only=True)
class ClauseRow:
    """A clause: its sentence in four parts, which one behind the other are the sentence as it was written."""

    label: tuple[str, ...]
    """Its clause and point, each to be kept on one line."""
    within: str
    """The clause that a point stands in, where a row above names it already."""
    clause: Clause
    before: Markup
    link: str = ""
    figure: Markup = NOTHING_SAID
    after: Markup = NOTHING_SAID
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class ArticleEntry:
    """An article of a law with its rows; `summary` is empty where its clauses say all of it."""

    key: str
    name: str
    title: str
    article: Article
    summary: Markup
    rows: tuple[ClauseRow, ...]
    lessons: tuple[Lesson, ...]
    look_up: tuple[str, str]
    """The address of its acts on the look-up page and what they are; empty where there are none."""

    @property
    def caption(self) -> str:
        """Names the figures at the right; empty where there are none, or of several kinds."""
        captions = {row.caption for row in self.rows if row.caption}
        return captions.pop() if len(captions) == 1 else ""


def article_entries(
    reference: Reference,
    drawn: Callable[[str], Markup],
    lessons: Mapping[str, tuple[Lesson, ...]],
    look_up: Mapping[str, PenalArticle],
) -> Iterator[ArticleEntry]:
    """Yields the articles in the order of the register; `drawn` makes HTML of a text of it."""
    for key, article in reference.articles.items():
        is_numbered = key[:1].isdigit()
        yield ArticleEntry(
            key=key,
            name=registers.locator_words(reference, key),
            title=(article.title or "") if is_numbered else "",
            article=article,
            summary=NOTHING_SAID if _is_said_by_clauses(article) else _with_amounts(drawn(article.gist)),
            rows=tuple(_rows(article, drawn)),
            lessons=lessons.get(key, ()),
            look_up=_look_up(article, look_up[key]) if key in look_up else ("", ""),
        )


def _look_up(article: Article, penal: PenalArticle) -> tuple[str, str]:
    """Returns where the first act of an article is looked up, and a short name for its acts."""
    title = article.title or ""
    name = title[:1].lower() + title[1:] if 0 < len(title) <= SHORT else f"{len(penal.acts)} hành vi"
    return urls.act(next(iter(penal.acts))), name


def _rows(article: Article, drawn: Callable[[str], Markup]) -> Iterator[ClauseRow]:
    for key, clause in article.clauses.items():
        parent, _, point = key.rpartition(".")
        is_below = parent in article.clauses
        label = tuple(map(registers.clause_words, (point if is_below else key).split(".")))
        within = registers.clause_words(parent) if is_below else ""
        yield _row(label, within, clause, drawn(clause.gist))


def _row(label: tuple[str, ...], within: str, clause: Clause, html: Markup) -> ClauseRow:
    """Returns the row of a clause, its figure apart where its sentence has one figure and can do without."""
    if len(_MONEY.findall(html)) < 2:
        for caption, form in _FIGURES:
            if match := form.fullmatch(html):
                return ClauseRow(
                    label=label,
                    within=within,
                    clause=clause,
                    before=trusted_html(match["before"]),
                    link=match["link"],
                    figure=_whole_amounts(match["figure"]),
                    after=trusted_html(match["after"]),
                    caption=caption,
                )
    return ClauseRow(label=label, within=within, clause=clause, before=_with_amounts(html))


def _whole_amounts(figure: str) -> Markup:
    """Returns a figure in which no line breaks within a sum."""
    return trusted_html(_MONEY.sub(r'<span class="amount">\g<0></span>', figure))


def _with_amounts(html: Markup) -> Markup:
    """Returns HTML with its sums of money in bold, so that they are found at a glance."""
    return trusted_html(_MONEY.sub(r'<strong class="amount">\g<0></strong>', str(html)))


def _is_said_by_clauses(article: Article) -> bool:
    """Tells whether each word and number of the summary stands in the clauses: it would stand twice."""
    said = _words(*(clause.gist for clause in article.clauses.values()))
    return bool(article.clauses) and _words(article.gist) <= said | _FILLERS


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in WORD_OR_NUMBER.findall(text.lower()))
