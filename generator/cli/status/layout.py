"""Text in lines that a terminal of eighty columns holds, and that can be pasted into a letter."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 80
INDENT = 2


def wrapped(text: str, indent: int = INDENT, hanging: int | None = None) -> str:
    """Returns a text in lines; all but the first begin at `hanging`, or where the first does.

    A line that the text begins by itself stays one.
    """
    after = indent if hanging is None else hanging
    first, *rest = text.splitlines()
    return "\n".join([_filled(first, indent, after), *(_filled(line, after, after) for line in rest)])


def _filled(line: str, indent: int, hanging: int) -> str:
    return textwrap.fill(
        " ".join(line.split()),
        width=WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def items(texts: Iterable[str], indent: int = INDENT) -> list[str]:
    """Returns each text as an item of a list."""
    return [wrapped(f"- {text}", indent, indent + 2) for text in texts]


def labelled(rows: Sequence[tuple[str, str]], indent: int = INDENT, gap: int = 2) -> list[str]:
    """Returns rows of a label and a text, the texts one below another."""
    widest = max((len(label) for label, _ in rows), default=0)
    hanging = indent + widest + gap
    lines = []
    for label, text in rows:
        first = wrapped(text, hanging)
        lines.append(" " * indent + label.ljust(widest + gap) + first[hanging:])
    return lines


def table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Returns a table of figures: what each row counts, then its figures below their heads."""
    widest = max((len(label) for label, _ in rows), default=0)
    lines = [" " * (INDENT + widest) + "".join(f"{head:>{len(head) + 3}}" for head in heads)]
    for label, figures in rows:
        cells = (f"{figure:>{len(head) + 3}}" for head, figure in zip(heads, figures, strict=True))
        lines.append(" " * INDENT + label.ljust(widest) + "".join(cells))
    return lines


def shortened(text: str, most: int) -> str:
    """Returns the words of a text that fit, with a sign where some were left out."""
    return textwrap.shorten(" ".join(text.split()), most, placeholder=" …")
