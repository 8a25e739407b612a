"""The table of results: ours beside a peer's, how many times, and what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = (("what", 50), ("taphuan", 11), ("peer", 11), ("peer's name", 34), ("ratio", 9), ("target", 10))


@dataclass(frozen=True, kw_only=True)
class Target:
    """`limit` holds for the ratio where there is one, else for our own number."""

    limit: float
    is_floor: bool = False
    unit: str = ""

    def is_met(self, value: float) -> bool:
        return value >= self.limit if self.is_floor else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.is_floor else '≤'} {self.limit:g} {self.unit}".strip()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line. `is_speed` says that more is better, so that the ratio is ours to the peer's."""

    what: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str = ""
    has_ratio: bool = True
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.peer if self.peer and self.has_ratio else None

    @property
    def is_met(self) -> bool | None:
        if self.target is None:
            return None
        return self.target.is_met(self.ours if self.ratio is None else self.ratio)

    def __str__(self) -> str:
        peer = "" if self.peer is None else _number(self.peer, self.unit)
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        target = "" if self.target is None else str(self.target)
        verdict = {None: "", True: "met", False: "MISSED"}[self.is_met]
        cells = (self.what, _number(self.ours, self.unit), peer, self.peer_name, ratio, target)
        return f"{_line(cells)} {verdict}".rstrip()


def head() -> str:
    names = _line(tuple(name for name, _ in COLUMNS))
    return f"{names}\n{'-' * len(names)}"


def missed(rows: list[Row]) -> str:
    """How many targets there are and which of them are missed."""
    aimed = [row for row in rows if row.target]
    short = [row.what for row in aimed if not row.is_met]
    return f"{len(aimed) - len(short)} of {len(aimed)} targets met" + "".join(
        f"\n  missed: {what}" for what in short
    )


def _line(cells: tuple[str, ...]) -> str:
    """Words to the left, numbers to the right."""
    placed = []
    for text, (name, width) in zip(cells, COLUMNS, strict=True):
        is_words = name in ("what", "peer's name")
        placed.append(text.ljust(width) if is_words else text.rjust(width))
    return "  ".join(placed)


def _number(value: float, unit: str) -> str:
    digits = 0 if value == int(value) or value >= 1000 else 2 if value < 10 else 1
    return f"{value:,.{digits}f} {unit}".strip()
