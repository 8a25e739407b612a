"""The targets' standing, with bars: for the whole province, or the one unit within reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...programme.vietnamese import alphabetical
from ...render.share_bar import Bar
from ...render.tile_map import Tile, TileMap
from ...render.timeline import Timeline
from ...targets import (
    CommuneOutreach,
    Communication,
    FlagWords,
    Measured,
    Period,
    ReportedFigures,
    Share,
    Training,
    commune_map,
    flag_words,
    goal_lines,
    outreach_by_commune,
    share_bar,
    years_of,
)
from ..certificates import EVIDENCE_NAMES
from ..dependencies import Running, Service, StaffMember, staff
from ..http import urls
from ..target_cache import Measurement
from .base import UnitScope, chosen_period, course_titles, period_choices, router, scope, today
from .forms import catalogue, message


@dataclass(frozen=True, kw_only=True)
class OutreachKind:
    """The words for communes with as many activities; `is_regular` is None where nothing is concluded."""

    total: int
    figure: str
    word: str = ""
    is_regular: bool | None = None


def outreach_kind(outreach: CommuneOutreach, *, is_concluded: bool) -> OutreachKind:
    """Returns how many activities a commune has, and whether it is regular once that may be said.

    For a commune that has nothing on record, nothing is concluded.
    """
    unrecorded, total = message("outreach.unrecorded"), outreach.total
    if not total:
        return OutreachKind(total=0, figure=unrecorded)
    figure = message("outreach.activities", count=total)
    if is_concluded:
        word = message("outreach.regular" if outreach.is_regular else "outreach.irregular")
        return OutreachKind(total=total, figure=figure, word=word, is_regular=outreach.is_regular)
    halves = [f"{half.name}: {count or unrecorded}" for half, count in outreach.activities.items()]
    return OutreachKind(total=total, figure=figure, word="; ".join(halves) if len(halves) > 1 else "")


@dataclass(frozen=True, kw_only=True)
class CommuneChoice:
    """The communes by name, for who does not point at a tile; `before` and `after` lead to the next ones."""

    tiles: tuple[Tile, ...]
    before: Tile | None
    after: Tile | None


def commune_choice(map: TileMap) -> CommuneChoice:
    """Returns the communes by name, and those beside the one that is looked at."""
    tiles = sorted(map.tiles, key=lambda tile: alphabetical(tile.label))
    at = next((place for place, tile in enumerate(tiles) if tile.id == map.chosen), None)
    return CommuneChoice(
        tiles=tuple(tiles),
        before=tiles[at - 1] if at else None,
        after=tiles[at + 1] if at is not None and at + 1 < len(tiles) else None,
    )


@dataclass(frozen=True, kw_only=True)
class ShownCommune:
    """The commune that is looked at on the map, with what else is known of it."""

    name: str
    share: Share
    page: str
    activities: int
    last_class: date | None


routes = router()
TARGETS = f"{urls.STAFF}chi-tieu/"
UNTRAINED = f"{urls.STAFF}chua-tap-huan/"
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
#: What is said where nothing was measured, by the reason.
MISSING: Mapping[str, str] = catalogue()["unmeasured"]


@dataclass(frozen=True, kw_only=True)
class ShownTarget:
    """A target with its bar, its years, its communes and what is to be said of its pace."""

    measured: Measured
    bar: Bar | None
    flag: FlagWords
    pace: str
    page: str = ""
    """The page that lists who is not yet trained."""
    years: Timeline | None = None
    goal: tuple[str, str] = ("", "")
    map: TileMap | None = None
    commune: ShownCommune | None = None
    outreach: Mapping[OutreachKind, tuple[str, ...]] = field(default_factory=dict)
    """The names of the communes by what they have on record."""

    @property
    def choice(self) -> CommuneChoice | None:
        return commune_choice(self.map) if self.map else None

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
async def targets_page(
    request: Request, service: Running, member: Reader, ky: str = "", xa: str = ""
) -> Response:
    period = chosen_period(ky, today(service))
    measurement, units = await measurement_in_reach(service, member, period)
    look = TargetsLook(service=service, measurement=measurement, units=units, ky=ky, commune=xa)
    shown = [look.shown(measured) for measured in measurement.measured.values()]
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
        untrained_link=look.untrained_link,
        titles=course_titles(service),
        class_rules=class_rules(service),
        evidence=EVIDENCE_NAMES,
        today=today(service),
    )


@dataclass(frozen=True, kw_only=True)
class TargetsLook:
    """The things that the page of targets looks at: figures, units within reach, asked period, commune."""

    service: Service
    measurement: Measurement
    units: UnitScope
    ky: str
    commune: str = ""

    def untrained_link(self, target: str, unit: str = "") -> str:
        """Returns the link to those not yet trained of the same target, unit and period."""
        return f"{UNTRAINED}?{self._query(ct=target, dv=unit)}"

    def _query(self, **asked: str) -> str:
        asked["ky"] = self.ky if Period.is_id(self.ky) else ""
        return urlencode({name: value for name, value in asked.items() if value})

    def _tile_link(self, unit: str) -> str:
        return f"{TARGETS}?{self._query(xa=unit)}#xa"

    def shown(self, measured: Measured) -> ShownTarget:
        training = measured if isinstance(measured, Training) else None
        evidence = training.evidence if training else {}
        has_share = measured.share is not None and measured.share.denominator
        return ShownTarget(
            measured=measured,
            bar=share_bar(measured.share, evidence) if measured.share is not None and has_share else None,
            flag=flag_words(measured),
            pace=_pace(measured),
            page=self.untrained_link(measured.id),
            years=self._years(training) if training else None,
            goal=goal_lines(training) if training else ("", ""),
            map=self._map(training) if training else None,
            commune=self._commune(training) if training else None,
            outreach=self._outreach(measured) if isinstance(measured, Communication) else {},
        )

    def _years(self, training: Training) -> Timeline | None:
        return years_of(training, self.service.programme, self.measurement.figures)

    def _map(self, training: Training) -> TileMap | None:
        """Returns the map for who sees the whole province; of one commune there is nothing to compare."""
        if not self.units.has_province:
            return None
        programme = self.service.programme
        return commune_map(training, programme, address=self._tile_link, chosen=self.commune)

    def _commune(self, training: Training) -> ShownCommune | None:
        share = next((unit.share for unit in training.units if unit.unit == self.commune), None)
        if share is None or not self.units.holds(self.commune):
            return None
        outreach = outreach_by_commune(
            self.measurement.figures, training.period, self.service.programme.charter.regular
        )
        held = [
            session.held_on for session in self.measurement.figures.sessions if session.unit == self.commune
        ]
        return ShownCommune(
            name=self.units.name(self.commune),
            share=share,
            page=self.untrained_link(training.id, self.commune),
            activities=sum(commune.total for commune in outreach if commune.unit == self.commune),
            last_class=max(held, default=None),
        )

    def _outreach(self, measured: Communication) -> Mapping[OutreachKind, tuple[str, ...]]:
        """Returns the communes within reach, by name; those with the fewest activities stand first."""
        names: dict[OutreachKind, list[str]] = {}
        for commune in measured.communes:
            kind = outreach_kind(commune, is_concluded=measured.is_reached is not None)
            names.setdefault(kind, []).append(self.units.name(commune.unit))
        kinds = sorted(names, key=lambda kind: (kind.total, kind.word))
        return {kind: tuple(sorted(names[kind], key=alphabetical)) for kind in kinds}


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
