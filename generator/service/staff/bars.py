"""Bars of a share, as shapes on a grid of 600 units; they read in black and white, by their hatching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...targets import EVIDENCE, CommuneOutreach, Share, UnitShare
from ..days import period_name

WIDTH = 600


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a bar: how its persons are known, where it starts and how wide it is."""

    letter: str
    x: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Bar:
    """`goal` is where the line stands that has to be reached."""

    pieces: tuple[Piece, ...]
    goal: float | None
    text: str


def bar(share: Share, evidence: Mapping[str, int]) -> Bar:
    """One piece for each class of evidence; of a share without any, one in all."""
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


def trained(name: str, found: UnitShare | None, page: str = "") -> Tile:
    """Counts and nothing more: the goal is the whole's, so no commune has reached or missed it."""
    if found is None or not found.share.denominator:
        return Tile(name=name, figure="0 người", word="không có trong danh sách", is_reached=None)
    share = found.share
    left = share.denominator - share.numerator
    return Tile(
        name=name,
        figure=f"{share.numerator}/{share.denominator} ({share.text})"
        if share.numerator
        else "chưa ghi nhận ai",
        word=f"còn {left} người" if left else "không còn ai",
        is_reached=False,
        page=page if left else "",
    )


def outreach(name: str, found: CommuneOutreach, *, is_settled: bool) -> Tile:
    """Says whether it is regular only where somebody has decided what that is; else the activities alone.

    Of a commune that has nothing on record nothing is concluded.
    """
    if not found.total:
        return Tile(name=name, figure="chưa ghi nhận", word="", is_reached=None)
    figure = f"{found.total} hoạt động"
    if is_settled:
        word = "thường xuyên" if found.is_regular else "chưa thường xuyên"
        return Tile(name=name, figure=figure, word=word, is_reached=found.is_regular)
    halves = [f"{period_name(half)}: {count or 'chưa ghi nhận'}" for half, count in found.activities.items()]
    return Tile(name=name, figure=figure, word="; ".join(halves) if len(halves) > 1 else "", is_reached=False)
