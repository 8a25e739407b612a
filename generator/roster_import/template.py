"""The workbook that offices fill in: empty, with people in it already, or with a made-up roster."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from random import Random
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from ..programme.model.registers import Units
from ..programme.model.values import Level
from ..programme.vietnamese import alphabetical, folded
from .gazetteer import Gazetteer, Seat, build_gazetteer
from .proposal import RosterEntry
from .vocabulary import toml_table, vocabulary

A4 = 9
TEXT_FORMAT = "@"


def own_worksheets() -> frozenset[str]:
    """Returns the names of the template's worksheets that explain it; they are no lists."""
    return frozenset({_template_words()["units"]["name"], _template_words()["guide"]["name"]})


@cache
def _template_words() -> Mapping[str, Any]:
    return toml_table("template.toml")


def build_template(units: Units, entries: Iterable[RosterEntry] = (), *, note: str = "") -> bytes:
    """Returns an XLSX to fill in; `entries` stand in it, each with `note`. Same input, same bytes."""
    places = build_gazetteer(units)
    rows = ((entry.full_name, entry.position, places.by_id[entry.unit].name, note) for entry in entries)
    return fill_template(units, rows, note=note)


def fill_template(
    units: Units, rows: Iterable[Sequence[str]], *, note: str = "", more: Sequence[str] = ()
) -> bytes:
    """Returns an XLSX with rows of texts: name, position, unit, note, then one for each heading of `more`."""
    places, buffer = build_gazetteer(units), io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties(
            {
                "title": _template_words()["title"],
                "comments": note,
                "created": datetime.combine(units.checked, time()),
            }
        )
        looks = _looks(book)
        _list(book, looks, places, rows, more)
        _units(book, looks, places)
        _guide(book, looks)
    return buffer.getvalue()


def synthetic_template(units: Units, entries: Iterable[RosterEntry]) -> bytes:
    """Returns an XLSX of people who do not exist; every row says so, and reading it tells."""
    return build_template(units, entries, note=vocabulary().synthetic)


def _looks(book: Any) -> dict[str, Any]:
    words = _template_words()
    base = {
        "font_name": words["font"],
        "font_size": words["size"],
        "font_color": words["ink"],
        "valign": "top",
    }
    cell = {**base, "num_format": TEXT_FORMAT, "text_wrap": True, "indent": 1}
    head = {
        **base,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": words["head"],
        "valign": "vcenter",
        "indent": 1,
    }
    return {
        "cell": book.add_format(cell),
        "lined": book.add_format({"bottom": 1, "bottom_color": words["line"]}),
        "band": book.add_format({**cell, "bg_color": words["band"]}),
        "head": book.add_format({**head, "text_wrap": True, "border": 1, "border_color": words["line"]}),
        "title": book.add_format(
            {**base, "bold": True, "font_size": words["size"] + 3, "font_color": words["head"]}
        ),
    }


# --- the list --------------------------------------------------------------------------------


def _list(
    book: Any, looks: Mapping[str, Any], places: Gazetteer, rows: Iterable[Sequence[str]], more: Sequence[str]
) -> None:
    words = _template_words()["list"]
    worksheet = book.add_worksheet(words["name"])
    for number, column in enumerate(words["columns"]):
        worksheet.set_column(number, number, column["width"], looks["cell"])
        worksheet.write_string(0, number, column["heading"], looks["head"])
        worksheet.data_validation(1, number, _template_words()["rows"], number, _validation(column, places))
    for number, heading in enumerate(more, len(words["columns"])):
        worksheet.set_column(number, number, words["more"], looks["cell"])
        worksheet.write_string(0, number, heading, looks["head"])
    for row, texts in enumerate(rows, 1):
        _write(worksheet, row, texts, looks["cell"])
    last = len(words["columns"]) + len(more) - 1
    lined = {"type": "formula", "criteria": '=$A2&$B2&$C2<>""', "format": looks["lined"]}
    worksheet.conditional_format(1, 0, _template_words()["rows"], last, lined)
    _print(worksheet)


def _validation(column: Mapping[str, Any], places: Gazetteer) -> dict[str, Any]:
    """Returns a prompt for every column, and for units the list of the second sheet."""
    prompt = {"validate": "any", "input_title": column["heading"], "input_message": column["prompt"]}
    if column["role"] != "unit":
        return prompt
    refused = _template_words()["list"]["refused"]
    return {
        **prompt,
        "validate": "list",
        "source": f"='{_template_words()['units']['name']}'!$A$2:$A${len(places.seats) + 1}",
        "error_title": refused["title"],
        "error_message": refused["text"],
        "error_type": "stop",
    }


def _write(worksheet: Any, row: int, texts: Iterable[str], look: Any) -> None:
    for column, text in enumerate(texts):
        worksheet.write_string(row, column, text, look)


def _print(worksheet: Any) -> None:
    """Sets landscape A4, one page wide, with the headings on each page and always in sight."""
    worksheet.freeze_panes(1, 0)
    worksheet.set_row(0, 30)
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)
    worksheet.set_footer("&C&P / &N")


# --- units and guide -------------------------------------------------------------------------


def _units(book: Any, looks: Mapping[str, Any], places: Gazetteer) -> None:
    words = _template_words()["units"]
    worksheet = book.add_worksheet(words["name"])
    for column, width in enumerate(words["widths"]):
        worksheet.set_column(column, column, width, looks["cell"])
    _write(worksheet, 0, words["headings"], looks["head"])
    for row, seat in enumerate(_by_name(places), 1):
        texts = (seat.name, seat.id, words[seat.level], ", ".join(seat.formed_from), _remark(places, seat))
        _write(worksheet, row, texts, looks["band" if row % 2 else "cell"])
    _print(worksheet)


def _by_name(places: Gazetteer) -> list[Seat]:
    """Returns communes first, then agencies, each in dictionary order."""
    return sorted(places.seats, key=lambda seat: (seat.level != "commune", alphabetical(seat.name)))


def _remark(places: Gazetteer, seat: Seat) -> str:
    """Returns what to know of a unit's name before choosing it."""
    words, kinds = _template_words()["units"], vocabulary().towns
    namesakes = [
        words["namesake"].format(former=old.name, now=old.now.name)
        for old in places.namesakes.get(seat.id, ())
    ]
    towns = [
        words["town"].format(town=old.name, now=old.now.name)
        for old in places.former
        if old.kind in kinds and old.short == seat.short
    ]
    return " ".join([*namesakes, *towns, *([words["open"]] if seat.is_open else [])])


def _guide(book: Any, looks: Mapping[str, Any]) -> None:
    """Writes lines of text; a short one that an empty line follows is a heading."""
    words = _template_words()["guide"]
    worksheet = book.add_worksheet(words["name"])
    worksheet.set_column(0, 0, words["width"], looks["cell"])
    worksheet.hide_gridlines(2)
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 0)
    for row, line in enumerate(words["lines"]):
        is_heading = words["lines"][row + 1 : row + 2] == [""]
        worksheet.write_string(
            row, 0, line, looks["title" if line and is_heading and len(line) < 40 else "cell"]
        )


#: The fewest and the most people of a unit.
Size = tuple[int, int]
SIZES: Mapping[Level, Size] = {"commune": (6, 14), "province": (5, 30)}
#: More would use up the names of one unit.
MOST_IN_UNIT = 5_000


@dataclass(frozen=True, kw_only=True)
class SyntheticRoster:
    """Made-up people, and the seed that makes the same ones again."""

    entries: tuple[RosterEntry, ...]
    seed: int
    is_synthetic: bool = True


@cache
def _synthetic_words() -> Mapping[str, Any]:
    return toml_table("synthetic.toml")


def synthetic_roster(units: Units, seed: int, sizes: Mapping[Level, Size] = SIZES) -> SyntheticRoster:
    """Returns people for every unit but open groups, as many as `sizes` says by level."""
    random = Random(f"roster/{seed}")
    seats = [seat for seat in build_gazetteer(units).seats if not seat.is_open]
    entries = tuple(entry for seat in seats for entry in _staff(seat, random, sizes[seat.level]))
    return SyntheticRoster(entries=entries, seed=seed)


def _staff(seat: Seat, random: Random, size: Size) -> Iterator[RosterEntry]:
    """Yields a unit's people, none with another one's name, marks aside."""
    if max(size) > MOST_IN_UNIT:
        raise ValueError(f"{max(size)} > {MOST_IN_UNIT}")
    taken: set[str] = set()
    count, positions = random.randint(*size), _synthetic_words()["positions"][seat.level]
    order = random.sample(positions, len(positions))
    while len(taken) < count:
        name = _name(random)
        if folded(name) not in taken:
            position = order[len(taken) % len(order)]
            taken.add(folded(name))
            yield RosterEntry(full_name=name, position=position, unit=seat.id, level=seat.level)


def _name(random: Random) -> str:
    words = _synthetic_words()
    return " ".join(random.choice(words[part]) for part in ("family", "middle", "given"))
