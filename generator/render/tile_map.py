"""The communes as tiles of one size, placed as on the map: five steps of fill, none of which ends at a goal.

Only numbers and names come in; `charts.html.j2` draws them, as a list of links for a page and as a picture
for paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

#: A tile, and what is left free between two.
TILE_WIDTH, TILE_HEIGHT, GAP = 79, 74, 4
#: The height of the legend below the picture, and what the picture's edge needs.
LEGEND, EDGE = 76, 2
#: Between two lines of a tile; the mean width of a letter of its name and of its figure.
LINE, LETTER, FIGURE_LETTER = 16, 7.8, 9.6
#: A name longer than this is set in two lines.
LONGEST_LINE = 8
#: Nobody trained; less than a quarter, than half, than three quarters; more. `unlisted` has nobody to train.
Fill = Literal["0", "1", "2", "3", "4", "unlisted"]
STEPS: tuple[Fill, ...] = ("0", "1", "2", "3", "4")


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A commune: `part` of the `whole` are trained. `address` is where its tile leads, if anywhere."""

    id: str
    name: str
    row: int
    column: int
    part: int
    whole: int
    address: str = ""

    @property
    def label(self) -> str:
        """The name without its kind, as a map has it."""
        return self.name.partition(" ")[2] or self.name

    @property
    def lines(self) -> tuple[str, ...]:
        """The label in one line, or in two of about the same length."""
        words = self.label.split()
        if len(self.label) <= LONGEST_LINE or len(words) < 2:
            return (self.label,)
        splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
        return min(splits, key=lambda lines: max(map(len, lines)))

    @property
    def step(self) -> Fill:
        if not self.whole:
            return "unlisted"
        if not self.part:
            return "0"
        return STEPS[min(self.part * 4 // self.whole, 3) + 1]

    @property
    def figure(self) -> str:
        return f"{self.part}/{self.whole}" if self.whole else "–"

    @property
    def baselines(self) -> tuple[int, ...]:
        """The places of the lines of the label, and last of the figure."""
        top = self.y + (24 if len(self.lines) > 1 else 31)
        return (*(top + LINE * at for at in range(len(self.lines))), top + LINE * len(self.lines) + 6)

    @property
    def plates(self) -> str:
        """The path of white plates behind the words, so that no hatching runs through a letter."""
        sizes = [(len(line) * LETTER + 6, LINE + 3) for line in self.lines]
        sizes.append((len(self.figure) * FIGURE_LETTER + 7, LINE + 4))
        middle = self.x + TILE_WIDTH / 2
        boxes = zip(sizes, self.baselines, strict=True)
        return "".join(
            f"M{middle - width / 2:.1f} {line - height + 3}h{width:.1f}v{height}h{-width:.1f}z"
            for (width, height), line in boxes
        )

    @property
    def x(self) -> int:
        return EDGE + (self.column - 1) * (TILE_WIDTH + GAP)

    @property
    def y(self) -> int:
        return EDGE + (self.row - 1) * (TILE_HEIGHT + GAP)


@dataclass(frozen=True, kw_only=True)
class TileMap:
    """All tiles, from north to south and west to east; `chosen` is the id of the one that is looked at."""

    tiles: tuple[Tile, ...]
    chosen: str = ""

    @property
    def width(self) -> int:
        return max(tile.x for tile in self.tiles) + TILE_WIDTH + EDGE

    @property
    def height(self) -> int:
        return max(tile.y for tile in self.tiles) + TILE_HEIGHT + EDGE

    @property
    def legend(self) -> tuple[tuple[Fill, int], ...]:
        """The steps with the number of their tiles; who has nobody to train only where there is one."""
        counts = Counter(tile.step for tile in self.tiles)
        unlisted = counts["unlisted"]
        return (*((step, counts[step]) for step in STEPS), *((("unlisted", unlisted),) if unlisted else ()))


def place_tiles(tiles: Iterable[Tile], chosen: str = "") -> TileMap:
    """Returns the map of tiles, in the order in which they are read."""
    return TileMap(tiles=tuple(sorted(tiles, key=lambda tile: (tile.row, tile.column))), chosen=chosen)
