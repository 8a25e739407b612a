"""A bar of a share: one piece for each way its persons are known, and the goal as a flag on a pole.

Only numbers come in, and only places go out, in px of a drawing 340 wide; `charts.html.j2` draws them. It is
as narrow as a phone, so that its words can be read there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Where the bar begins, and how wide it is.
LEFT, WIDTH = 2.0, 336.0
#: The mean width of a letter of the flag's words.
LETTER = 6.1


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a bar: the letters of the evidence in it, its start and width."""

    letter: str
    x: float
    width: float

    @property
    def pattern(self) -> str:
        """The hatching; what is joined of several letters has one of its own."""
        return self.letter if len(self.letter) < 2 else "joined"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar as wide as the whole; `goal` is the place of the pole. `text` is the share in words."""

    pieces: tuple[Piece, ...]
    goal: float | None
    text: str
    whole: int

    def flag_words(self, words: str) -> tuple[float, str]:
        """Returns where words at the flag stand, and what their x is: their start, middle or end."""
        x, length = self.goal or LEFT, len(words) * LETTER + 8
        if x - length >= 0:
            return x - 6, "end"
        if x + length + 16 <= LEFT + WIDTH:
            return x + 20, "start"
        return LEFT + WIDTH, "end"


def draw_bar(parts: Mapping[str, int], whole: int, *, goal: int | None = None, text: str = "") -> Bar:
    """Returns the bar of persons by letter, out of the whole; `goal` is in percent."""
    scale = WIDTH / whole if whole else 0.0
    pieces, x = [], LEFT
    for letter, count in parts.items():
        pieces.append(Piece(letter=letter, x=round(x, 1), width=round(count * scale, 1)))
        x += count * scale
    pole = None if goal is None else round(LEFT + WIDTH * goal / 100, 1)
    return Bar(pieces=tuple(pieces), goal=pole, text=text, whole=whole)
