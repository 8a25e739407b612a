"""Acts that are fined (hành vi bị xử phạt), as the look-up page says them; figures are those of the law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import BeforeValidator, InstanceOf, WithJsonSchema

from .registers import Article, Clause, Reference
from .values import (
    NOTHING,
    Day,
    Document,
    Flag,
    FrozenMap,
    LessonName,
    MarkdownText,
    Slug,
    Text,
    Value,
    problem,
    text,
)

ACTS = "content/programme/acts.yml"
#: Whole thousands of đồng, by the word behind a figure.
UNITS = {"triệu": 1_000, "nghìn": 1}
_FIGURE = r"[0-9]+(?:[.,][0-9]+)*"
RANGE = re.compile(rf"(?P<low>{_FIGURE})\s?[–-]\s?(?P<high>{_FIGURE}) (?:(?P<unit>triệu|nghìn) )?đồng")
AMOUNT = re.compile(rf"(?P<figure>{_FIGURE}) (?:(?P<unit>triệu|nghìn) )?đồng")
#: A figure as the register writes it, with the span of months or years that it may begin.
FIGURES = re.compile(rf"{_FIGURE}(?:[–-]{_FIGURE})?")


class FineRange(NamedTuple):
    """A fine from `low` to `high`, in thousands of đồng."""

    low: int
    high: int

    def times(self, factor: int) -> FineRange:
        return FineRange(self.low * factor, self.high * factor)

    @property
    def words(self) -> str:
        """The fine as people read it: "1–2 triệu đồng", "600 nghìn–1 triệu đồng"."""
        (low, low_unit), (high, unit) = _figure(self.low), _figure(self.high)
        return f"{low}–{high} {unit} đồng" if low_unit == unit else f"{low} {low_unit}–{high} {unit} đồng"

    @property
    def figure_and_unit(self) -> tuple[str, str]:
        """The same in two parts: what is set large, and its unit."""
        figure, unit, currency = self.words.rsplit(" ", 2)
        return figure, f"{unit} {currency}"


def _figure(thousands: int) -> tuple[str, str]:
    if thousands < UNITS["triệu"]:
        return str(thousands), "nghìn"
    return f"{thousands / UNITS['triệu']:g}".replace(".", ","), "triệu"


def amount_words(thousands: int) -> str:
    """Returns "37,5 triệu đồng" for 37,500 thousand."""
    return " ".join((*_figure(thousands), "đồng"))


def _thousands(figure: str, unit: str | None) -> int:
    number = float(figure.replace(".", "").replace(",", "."))
    return round(number * UNITS[unit] if unit else number / 1_000)


def fines_in(gist: str) -> tuple[FineRange, ...]:
    """Returns the fines that a gist of the register states."""
    return tuple(
        FineRange(_thousands(match["low"], match["unit"]), _thousands(match["high"], match["unit"]))
        for match in RANGE.finditer(gist)
    )


def amounts_in(gist: str) -> tuple[int, ...]:
    """Returns the amounts that a gist states, in thousands of đồng."""
    return tuple(_thousands(match["figure"], match["unit"]) for match in AMOUNT.finditer(gist))


def _fine(value: object) -> FineRange:
    written = text(value) if not isinstance(value, FineRange) else value
    if isinstance(written, FineRange):
        return written
    fines = fines_in(written)
    if len(fines) != 1 or not RANGE.fullmatch(written) or fines[0].low >= fines[0].high:
        raise problem("not-a-fine", written)
    return fines[0]


def _amount(value: object) -> int:
    if isinstance(value, int):
        return value
    written = text(value)
    if not AMOUNT.fullmatch(written):
        raise problem("not-an-amount", written)
    return amounts_in(written)[0]


def _as_text(pattern: re.Pattern[str]) -> WithJsonSchema:
    bare = re.sub(r"\?P<\w+>", "", pattern.pattern).replace(r"\s", " ")
    return WithJsonSchema({"type": "string", "pattern": f"^{bare}$"})


Fine = Annotated[InstanceOf[FineRange], BeforeValidator(_fine), _as_text(RANGE)]
Amount = Annotated[int, BeforeValidator(_amount), _as_text(AMOUNT)]

#: What goes with a fine, and the words without which a clause does not order it.
Measure = Literal["confiscation", "repayment", "licence", "expulsion"]
ORDERED_BY: Mapping[Measure, str] = {
    "confiscation": "tịch thu tang vật",
    "repayment": "nộp lại số lợi bất hợp pháp",
    "licence": "tước giấy",
    "expulsion": "trục xuất",
}


class LawSaying(Value):
    """A sentence on a clause of the decree; each figure in it stands in that clause's gist."""

    text: Text
    clauses: tuple[Text, ...]


class FineRules(Value):
    """The rules that hold for every act of the decree."""

    limitation: LawSaying
    doubled: LawSaying
    household: LawSaying
    repeated: LawSaying
    ended_before: LawSaying
    continuing: LawSaying
    limit_doubled: LawSaying


class FineMeasure(LawSaying):
    """A measure besides a fine; `only` are the acts that it is ordered for, left out: all.

    `short` is what a table says of it.
    """

    kind: Measure
    short: Text | None = None
    only: tuple[Slug, ...] = ()


class FineLimit(Value):
    """A limit up to which somebody may fine a person; `cannot` are measures that they may not order."""

    who: Text
    amount: Amount
    clauses: tuple[Text, ...]
    commune: Flag = False
    cannot: tuple[Measure, ...] = ()

    def allows(self, fine: FineRange, measures: tuple[FineMeasure, ...]) -> bool:
        """Tells whether they may decide: the top of the frame counts, and everything that must go with it."""
        return fine.high <= self.amount and not any(
            measure.kind in self.cannot for measure in measures if measure.kind != "expulsion"
        )


class PenalAct(Value):
    """An act with its fine for a person.

    `words` are what people type for it; one that is typed whole opens it alone. `organisation` says whether
    an organisation is fined double, not at all, or whether that is still asked. `signs` are the signs of a
    crime to look for first.
    """

    name: Text
    short: Text | None = None
    clause: Text
    fine: Fine
    warning: Flag = False
    words: tuple[Text, ...]
    organisation: Literal["doubled", "asked", "none"]
    signs: tuple[Slug, ...] = ()


class PenalArticle(Value):
    """An article of the decree: its acts, what goes with their fines, and the article before the change.

    `assumes` are questions of `decisions.yml` on which its figures rest.
    """

    former: Text | None = None
    assumes: tuple[Slug, ...] = ()
    measures: tuple[FineMeasure, ...] = ()
    acts: FrozenMap[Slug, PenalAct]

    def measures_of(self, act: str) -> tuple[FineMeasure, ...]:
        return tuple(measure for measure in self.measures if not measure.only or act in measure.only)


class CrimeSign(Value):
    """A sign of a crime, the law on it, and what people type who look it up."""

    text: Text
    law: MarkdownText
    words: tuple[Text, ...]


class LookUp(Document):
    """The content of `content/programme/acts.yml`."""

    checked: Day
    decree: Slug
    former: Slug
    lessons: tuple[LessonName, ...] = ()
    assumes: tuple[Slug, ...] = ()
    organisation_asked: Slug
    rules: FineRules
    limits: tuple[FineLimit, ...]
    # What somebody reads first who was forced, or is a child, and looks up a fine.
    care: MarkdownText | None = None
    stop: MarkdownText
    forced: MarkdownText
    officials: MarkdownText
    calls: FrozenMap[Slug, Text] = NOTHING
    signs: FrozenMap[Slug, CrimeSign] = NOTHING
    examples: tuple[Text, ...] = ()
    """Words of acts that are shown as what one may type."""
    articles: FrozenMap[Text, PenalArticle]

    def acts(self) -> Iterator[tuple[str, PenalArticle, str, PenalAct]]:
        """Yields every act in order, with its article and the keys of both."""
        for number, article in self.articles.items():
            for id, act in article.acts.items():
                yield number, article, id, act

    @property
    def commune_limit(self) -> int:
        """The most that a commune may fine a person."""
        return max((limit.amount for limit in self.limits if limit.commune), default=0)

    @property
    def highest_limit(self) -> int:
        return max((limit.amount for limit in self.limits), default=0)


def article_title(reference: Reference, number: str) -> str:
    """Returns the title of an article, nothing where the register has none."""
    article = reference.articles.get(number)
    return (article.title if article else "") or ""


def gists_of(reference: Reference, locator: str) -> tuple[str, ...]:
    """Returns what the register says of a clause: of its point, if one is named, and of the whole clause."""
    number, _, key = locator.partition(".")
    article = reference.articles.get(number)
    if article is None:
        return ()
    if not key:
        return (article.gist,)
    parts: list[Article | Clause] = [
        article.clauses[part] for part in dict.fromkeys((key, key.split(".")[0])) if part in article.clauses
    ]
    return tuple(part.gist for part in parts)
