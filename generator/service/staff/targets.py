"""The targets' standing, with bars: for the whole province, or the one unit within reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...programme.vietnamese import alphabetical
from ...targets import (
    EVIDENCE,
    CommuneOutreach,
    Communication,
    Measured,
    Period,
    ReportedFigures,
    Share,
    Training,
    UnitShare,
)
from ..certificates import EVIDENCE_NAMES
from ..dependencies import Running, Service, StaffMember, staff
from ..http import urls
from ..target_cache import Measurement
from .base import UnitScope, chosen_period, course_titles, period_choices, router, scope, today
from .forms import catalogue, message

WIDTH = 600


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a bar: how its persons are known, its start and width."""

    letter: str
    x: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar; `goal` is the place of the line to be reached."""

    pieces: tuple[Piece, ...]
    goal: float | None
    text: str


def share_bar(share: Share, evidence: Mapping[str, int]) -> Bar:
    """Returns one piece for each class of evidence; a share without evidence has one piece."""
    counts = {letter: evidence[letter] for letter in EVIDENCE if evidence.get(letter)}
    parts = counts or {"": share.numerator}
    scale = WIDTH / share.denominator if share.denominator else 0.0
    pieces, x = [], 0.0
    for letter, count in parts.items():
        pieces.append(Piece(letter=letter, x=round(x, 1), width=round(count * scale, 1)))
        x += count * scale
    goal = None if share.goal is None else WIDTH * share.goal / 100
    return Bar(pieces=tuple(pieces), goal=goal, text=share.text)


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A commune on the map of tiles: its name, how far it is, and the word for that, a link to `page`."""

    name: str
    figure: str
    word: str
    is_reached: bool | None
    page: str = ""


def training_tile(name: str, unit_share: UnitShare | None, page: str = "") -> Tile:
    """Returns a commune's count without a verdict, since the goal is the whole's."""
    if unit_share is None or not unit_share.share.denominator:
        figure, word = message("training-tile.nobody"), message("training-tile.unlisted")
        return Tile(name=name, figure=figure, word=word, is_reached=None)
    share = unit_share.share
    left = share.denominator - share.numerator
    return Tile(
        name=name,
        figure=f"{share.numerator}/{share.denominator} ({share.text})"
        if share.numerator
        else message("training-tile.unrecorded"),
        word=message("training-tile.left", left=left) if left else message("training-tile.none_left"),
        is_reached=False,
        page=page if left else "",
    )


def outreach_tile(name: str, outreach: CommuneOutreach, *, is_settled: bool) -> Tile:
    """Returns whether a commune is regular, if the meaning is decided; else its activities alone.

    For a commune that has nothing on record, nothing is concluded.
    """
    if not outreach.total:
        return Tile(name=name, figure=message("outreach-tile.unrecorded"), word="", is_reached=None)
    figure = message("outreach-tile.activities", count=outreach.total)
    if is_settled:
        word = message("outreach-tile.regular" if outreach.is_regular else "outreach-tile.irregular")
        return Tile(name=name, figure=figure, word=word, is_reached=outreach.is_regular)
    unrecorded = message("outreach-tile.unrecorded")
    halves = [f"{half.name}: {count or unrecorded}" for half, count in outreach.activities.items()]
    return Tile(name=name, figure=figure, word="; ".join(halves) if len(halves) > 1 else "", is_reached=False)


routes = router()
TARGETS = f"{urls.STAFF}chi-tieu/"
UNTRAINED = f"{urls.STAFF}chua-tap-huan/"
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
#: What is said where nothing was measured, by the reason.
MISSING: Mapping[str, str] = catalogue()["unmeasured"]


@dataclass(frozen=True, kw_only=True)
class ShownTarget:
    """A target with its bar, its tiles and what is to be said of its pace."""

    measured: Measured
    bar: Bar | None
    tiles: tuple[Tile, ...]
    pace: str
    page: str = ""
    """The page that lists who is not yet trained."""

    @property
    def left(self) -> int:
        share = self.measured.share if isinstance(self.measured, Training) else None
        return share.denominator - share.numerator if share else 0

    @property
    def missing(self) -> str:
        return MISSING[self.measured.missing] if self.measured.missing else ""


async def measurement_in_reach(
    service: Service, member: StaffMember, period: Period
) -> tuple[Measurement, UnitScope]:
    """Returns the figures and the targets' standing, restricted to what is within reach."""
    units = await service.read(lambda within: scope(within, member.account))
    unit = None if units.has_province else member.account.unit
    return await service.measures.of(period, unit), units


@routes.get(TARGETS)
async def targets_page(request: Request, service: Running, member: Reader, ky: str = "") -> Response:
    period = chosen_period(ky, today(service))
    measurement, units = await measurement_in_reach(service, member, period)
    link = partial(untrained_link, ky)
    shown = [_shown_target(measured, units, link) for measured in measurement.measured.values()]
    return service.pages.page(
        request,
        "staff/targets",
        trainings=[target for target in shown if isinstance(target.measured, Training)],
        communications=[target for target in shown if isinstance(target.measured, Communication)],
        others=[target for target in shown if isinstance(target.measured, ReportedFigures)],
        apart=measurement.persons_apart(service.programme, period) if service.programme.courses_apart else {},
        planning=measurement.figures.communes_with_plans(period),
        period=period,
        period_name=period.name,
        periods=period_choices(service),
        scope=units,
        untrained_link=link,
        titles=course_titles(service),
        class_rules=class_rules(service),
        evidence=EVIDENCE_NAMES,
        today=today(service),
    )


@dataclass(frozen=True, kw_only=True)
class ClassRule:
    """Minutes in class that complete a course, and whether its author left them out.

    `core` are the titles of the modules that they are of, where it has a core.
    """

    title: str
    core: tuple[str, ...]
    minutes: int
    is_assumed: bool


def class_rules(service: Service) -> dict[str, ClassRule]:
    """Returns the rules by course."""
    return {
        id: ClassRule(
            title=course.title,
            core=tuple(module.title for module in course.core),
            minutes=service.attempts.rule(id).minutes,
            is_assumed=course.class_minutes is None and not course.core,
        )
        for id, course in service.attempts.courses.items()
    }


def untrained_link(period: str, target: str, unit: str = "") -> str:
    """Returns the link to those not yet trained of the same target, unit and period."""
    asked = {"ct": target, "dv": unit, "ky": period if Period.is_id(period) else ""}
    return f"{UNTRAINED}?{urlencode({name: value for name, value in asked.items() if value})}"


def _shown_target(measured: Measured, units: UnitScope, link: Callable[..., str]) -> ShownTarget:
    evidence = measured.evidence if isinstance(measured, Training) else {}
    bar = (
        share_bar(measured.share, evidence)
        if measured.share is not None and measured.share.denominator
        else None
    )
    tiles = _tiles(measured, units, link)
    return ShownTarget(measured=measured, bar=bar, tiles=tiles, pace=_pace(measured), page=link(measured.id))


def _tiles(measured: Measured, units: UnitScope, link: Callable[..., str]) -> tuple[Tile, ...]:
    """Returns tiles for the communes within reach, by name."""
    if isinstance(measured, Communication):
        return tuple(
            outreach_tile(units.name(commune.unit), commune, is_settled=measured.is_settled)
            for commune in sorted(
                measured.communes, key=lambda commune: alphabetical(units.name(commune.unit))
            )
        )
    if not isinstance(measured, Training) or measured.target.level != "commune" or measured.share is None:
        return ()
    shares = {share.unit: share for share in measured.units}
    return tuple(
        training_tile(unit.name, shares.get(unit.id), link(measured.id, unit.id))
        for unit in units.units
        if unit.level == "commune"
    )


def _pace(measured: Measured) -> str:
    """Says what is needed in each half-year and when the goal is expected, for what is not yet reached."""
    pace = measured.pace
    if pace is None or measured.share is None or pace.outlook == "reached":
        return ""
    texts = []
    if pace.needed is not None:
        texts.append(message("pace.needed", count=pace.needed, year=measured.target.year))
    if pace.outlook == "expected" and pace.expected is not None:
        name = "pace.expected_late" if pace.is_late else "pace.expected"
        texts.append(message(name, period=pace.expected.name))
    else:
        texts.append(message("pace.no_progress" if pace.outlook == "no-progress" else "pace.unknown"))
    return " ".join(texts)
