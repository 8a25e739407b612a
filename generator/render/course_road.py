"""The road of a course: a stone for each lesson, a house for each module, and the last house, where it ends.

Only numbers come in, and only places go out, in px of a drawing 1,280 wide; `road.html.j2` draws them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from .typography import whole_compounds

WIDTH, TOP, BOTTOM = 1280, 40, 676
#: What the words of the page stand on, top left; nothing is drawn there that has to be read.
WORDS_RIGHT, WORDS_BOTTOM = 690, 358
#: Half a stone, and half of the one that is next.
RADIUS, NEXT_RADIUS = 24, 32
#: Between the middles of two stones, where the road is long enough.
STRIDE = 55
FIRST_X, LAST_X = 62, 1104
#: Between which plates of modules stand.
SPREAD_LEFT, SPREAD_RIGHT = 16.0, WIDTH - 150.0
MIDDLE, RISE = 576, 34
LETTER, LINE, PADDING = 8.8, 20, 10
LONGEST_LINE = 19
HOUSE_WIDTH, HOUSE_HEIGHT = 84, 58
#: How much further up the hill every other house stands, so that their plates are not in a row.
LIFT = 30
END_X, END_Y, END_HEIGHT = 1186, 436, 108
#: Between a house and the plate that names it: clear of the roof, and where the words leave no more.
CLEAR, CLOSE = 18.0, 6.0
#: Between two plates: the least, and what is better where there is room.
GAP, WIDE_GAP = 8, 20
#: Points of the line between two knots of the path, and how many lessons are few, and many.
KNOT, FEW, MANY = 26, 12, 24
#: How far below or above its stone the plate of the next lesson may stand.
REACHES = (48, 58, 68, 80, 92, 106, -48, -58, -68, -80, -92, -106, -120)
SHIFTS = (0, -24, 24, -48, 48, -72, 72)


@dataclass(frozen=True, kw_only=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def overlaps(self, other: Box, gap: float = 0) -> bool:
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@dataclass(frozen=True, kw_only=True)
class Plate:
    """Words on a board, in one line or two."""

    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True, kw_only=True)
class House:
    """A house by the middle of its foot."""

    x: float
    y: float
    plate: Plate

    @property
    def box(self) -> Box:
        return _box(self.x, self.y - HOUSE_HEIGHT / 2, HOUSE_WIDTH, HOUSE_HEIGHT)


@dataclass(frozen=True, kw_only=True)
class RoadStone:
    """A lesson; `says` is where the plate stands while it is the next one."""

    number: int
    x: float
    y: float
    says: Box

    @property
    def box(self) -> Box:
        return _box(self.x, self.y, 2 * RADIUS, 2 * RADIUS)


@dataclass(frozen=True, kw_only=True)
class Road:
    """All that is drawn; `path` is the middle of the road."""

    path: str
    stones: tuple[RoadStone, ...]
    houses: tuple[House, ...]
    end: Plate

    @property
    def has_many(self) -> bool:
        """True where smaller stones leave something of the road to be seen."""
        return len(self.stones) > FEW


Point = tuple[float, float]


@lru_cache(maxsize=200)
def road(modules: tuple[tuple[str, int], ...], end: str, next_words: str) -> Road:
    """Returns the road of modules, each with its title and how many lessons it has.

    `end` stands at the last house; `next_words` are the longest that stand at the next lesson.
    """
    number = sum(lessons for _, lessons in modules)
    line = _line_for(number)
    points = _stone_points(line, number)
    houses = tuple(_houses(modules, points, line))
    last = _plate_above(_lines(end), END_X - 48, END_Y - END_HEIGHT)
    taken = [house.box for house in houses] + [house.plate.box for house in houses] + [last.box]
    stones = tuple(
        RoadStone(number=nth, x=x, y=y, says=_free_place(next_words, (x, y), points, taken))
        for nth, (x, y) in enumerate(points, start=1)
    )
    return Road(path=_path(line), stones=stones, houses=houses, end=last)


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(left=x - width / 2, top=y - height / 2, right=x + width / 2, bottom=y + height / 2)


# --- the road and its stones ------------------------------------------------------------------


def _line(waves: int, height: float) -> list[Point]:
    """Returns where the road runs: in waves, and a little higher the further it comes."""
    line = []
    for x in range(FIRST_X, LAST_X + 1, 2):
        along = (x - FIRST_X) / (LAST_X - FIRST_X)
        line.append((float(x), MIDDLE - RISE * along + height * math.cos(along * waves * 2 * math.pi)))
    return line


def _length(line: Iterable[Point]) -> float:
    return sum(math.dist(*pair) for pair in pairwise(line))


def _line_for(stones: int) -> list[Point]:
    """Returns the road with waves as low as leave room between its stones."""
    waves, heights = (2 if stones <= FEW else 4 if stones <= MANY else 5), range(24, 60, 2)
    lines = (_line(waves, height) for height in heights)
    return next((line for line in lines if _length(line) >= STRIDE * (stones - 1)), _line(waves, 60))


def _stone_points(line: Sequence[Point], stones: int) -> list[Point]:
    """Returns points at equal ways along the road; a single stone stands at its beginning."""
    stride = _length(line) / max(stones - 1, 1)
    points, walked = [line[0]], 0.0
    for before, point in pairwise(line):
        walked += math.dist(before, point)
        if len(points) < stones and walked >= stride * len(points) - 1:
            points.append(point)
    return points


def _path(line: Sequence[Point]) -> str:
    """Returns the road from beyond the left edge, through the line, to the door of the last house."""
    (start, level), (stop, height) = line[0], line[-1]
    left = [(-700.0, level + 20), (-200.0, level + 8), (start - 52, level)]
    right = [(stop + 40, height - 12), (stop + 70, (height + END_Y) / 2 - 8), (END_X - 4.0, END_Y - 2.0)]
    knots = [*left, *line[: -KNOT // 2 : KNOT], line[-1], *right]
    commands = [f"M{knots[0][0]:.0f} {knots[0][1]:.0f}"]
    before = [knots[0], *knots]
    after = [*knots[2:], knots[-1]]
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(before, knots, knots[1:], after, strict=False):
        pulls = (bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6)
        commands.append("C" + " ".join(f"{value:.0f}" for value in (*pulls, cx, cy)))
    return "".join(commands)


# --- houses and plates ------------------------------------------------------------------------


def _lines(words: str) -> tuple[str, ...]:
    """Returns words in one line, or in two of about the same length."""
    if len(words) <= LONGEST_LINE:
        return (words,)
    breaks = [place for place, letter in enumerate(whole_compounds(words)) if letter == " "]
    middle = min(breaks, key=lambda place: abs(2 * place - len(words)), default=None)
    return (words,) if middle is None else (words[:middle], words[middle + 1 :])


def _size(lines: Sequence[str]) -> tuple[float, float]:
    return max(map(len, lines)) * LETTER + 2 * PADDING, len(lines) * LINE + 8


def _plate_above(lines: tuple[str, ...], x: float, y: float, gap: float = CLEAR) -> Plate:
    width, height = _size(lines)
    x = min(x, WIDTH - 16 - width / 2)
    return Plate(lines=lines, box=_box(x, y - gap - height / 2, width, height))


def _houses(
    modules: Sequence[tuple[str, int]], points: Sequence[Point], line: Sequence[Point]
) -> Iterator[House]:
    """Yields a house for each module above its stones, beside one another without touching."""
    plates = [_lines(title) for title, _ in modules]
    widths = [max(_size(lines)[0], HOUSE_WIDTH) for lines in plates]
    gap = min(WIDE_GAP, max(GAP, (SPREAD_RIGHT - SPREAD_LEFT - sum(widths)) / max(len(widths), 1)))
    widths = [width + gap for width in widths]
    spread = _spread(list(_middles(modules, points)), widths)
    for nth, (x, lines) in enumerate(zip(spread, plates, strict=True)):
        road = min((y for at, y in line if abs(at - x) < HOUSE_WIDTH / 2 + 6), default=MIDDLE)
        stones = min((y for at, y in points if abs(at - x) < HOUSE_WIDTH / 2 + NEXT_RADIUS), default=MIDDLE)
        y = min(road - 18, stones - NEXT_RADIUS - 4)
        is_below_words = x < WORDS_RIGHT + widths[nth] / 2
        lowest = WORDS_BOTTOM + _size(lines)[1] + HOUSE_HEIGHT if is_below_words else 0
        y = min(y, max(y - LIFT * (nth % 2), lowest + CLEAR))
        gap = max(CLOSE, min(CLEAR, y - lowest))
        yield House(x=x, y=y, plate=_plate_above(lines, x, y - HOUSE_HEIGHT, gap))


def _middles(modules: Sequence[tuple[str, int]], points: Sequence[Point]) -> Iterator[float]:
    """Yields the middle of each module's stones; one without lessons stands where the next begins."""
    first = 0
    for _, lessons in modules:
        own = points[first : first + lessons] or points[first - 1 : first]
        yield sum(x for x, _ in own) / len(own)
        first += lessons


def _spread(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Returns middles as near to the wanted ones as their widths let them be, within the picture."""
    left, right = SPREAD_LEFT, SPREAD_RIGHT
    middles = list(wanted)
    for _ in range(200):
        for at in range(len(middles) - 1):
            missing = (widths[at] + widths[at + 1]) / 2 - (middles[at + 1] - middles[at])
            if missing > 0:
                middles[at] -= missing / 2
                middles[at + 1] += missing / 2
        middles = [
            min(max(middle, left + width / 2), right - width / 2)
            for middle, width in zip(middles, widths, strict=True)
        ]
    return middles


def _free_place(words: str, point: Point, points: Sequence[Point], taken: Sequence[Box]) -> Box:
    """Returns a place for the plate of a stone that covers no other stone, house or plate."""
    x, y = point
    width, height = _size((words,))
    others = [_box(*other, 2 * RADIUS, 2 * RADIUS) for other in points if other != point]
    places = (
        _box(min(max(x + shift, width / 2 + 8), WIDTH - width / 2 - 8), y + reach, width, height)
        for reach, shift in product(REACHES, SHIFTS)
        if y + reach + height / 2 < BOTTOM - 4
    )
    return min(places, key=lambda place: sum(place.overlaps(box, 2) for box in (*taken, *others)))
