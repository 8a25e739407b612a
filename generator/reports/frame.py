"""The head, foot and appendix titles of a report as words, alike for every writer."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from .appendices import name
from .blocks import Appendix
from .letterhead import Letterhead
from .report import Report
from .wording import filled, long_day, wording

#: Mean widths of a bold capital of 13 pt and a bold letter of 14 pt; what the lines have room for, in mm.
CAPITAL, LETTER = 2.6, 2.35
AGENCY_ROOM, SUBJECT_ROOM = 64.0, 144.0


@dataclass(frozen=True, kw_only=True)
class LetterLayout:
    """Capitals are already set where the layout asks for them."""

    superior: str
    agency: tuple[str, ...]
    nation: str
    motto: str
    number: str
    place: str
    kind: str
    subject: str
    to: str
    recipients: str
    copies: tuple[str, ...]
    office: str
    signer: str
    warning: str
    """What every page says of invented figures; empty for real ones."""
    agency_rule: float
    motto_rule: float
    subject_rule: float
    """How long the lines below are, in millimetres."""


def frame(report: Report) -> LetterLayout:
    words = wording("report")
    head, foot, said = words["head"], words["foot"], report.letterhead
    place, (day, month, year) = said.place or head["unknown-place"], long_day(said.dated)
    lines = tuple(_capital(line) for line in _agency_lines(said.agency, head["committee"]))
    known = said.superior if said.superior is not None else head["unknown-superior"]
    return LetterLayout(
        superior=_capital(known),
        agency=lines,
        nation=head["nation"].upper(),
        motto=head["motto"],
        number=filled(head["number"], number=said.number or "…", symbol=said.symbol or "…"),
        place=filled(head["place"], place=place, day=day, month=month, year=year),
        kind=head["kind"].upper(),
        subject=report.subject,
        to=filled(head["to"], recipient=said.recipient),
        recipients=foot["recipients"],
        copies=_copies(said, foot),
        office=foot["office"],
        signer=foot["signer"],
        warning=words["marks"]["synthetic"] if report.is_synthetic else "",
        agency_rule=_rule(lines[-1], CAPITAL, AGENCY_ROOM),
        motto_rule=head["motto_width"],
        subject_rule=_rule(report.subject, LETTER, SUBJECT_ROOM),
    )


def _rule(text: str, letter: float, room: float) -> float:
    """Between a third and a half of the text's longest line, as the decree asks."""
    length = len(text) * letter
    return round(0.42 * length / ceil(length / room), 1)


def _agency_lines(agency: str, committee: str) -> tuple[str, ...]:
    """A people's committee has its place on a line of its own."""
    place = agency.removeprefix(f"{committee} ")
    return (agency,) if place == agency else (committee, place)


def _capital(text: str) -> str:
    """In capitals, but for a blank, which speaks to the one who fills it in."""
    return text if text.startswith("[") else text.upper()


def _copies(said: Letterhead, foot: dict[str, list[str]]) -> tuple[str, ...]:
    named = [f"{one.rstrip(';')};" for one in said.copies] or [str(foot["unknown"])]
    return tuple(f"- {one}" for one in (*foot["fixed"], *named, str(foot["filed"])))


def attached(report: Report, appendix: Appendix) -> tuple[str, str, str]:
    """An appendix's number, its title in capitals, and the report it belongs to."""
    words, said = wording("report")["appendix"], report.letterhead
    day, month, year = long_day(said.dated)
    line = filled(
        words["attached"],
        number=said.number or "…",
        symbol=said.symbol or "…",
        day=day,
        month=month,
        year=year,
        agency=said.agency,
    )
    return name(appendix), appendix.title.upper(), line
