"""What of all that is printed the site offers as downloads, and in which order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from taphuan.programme.model.campaign import MATERIAL_KINDS
from taphuan.render.printable import KIND_WORDS, Download, Edition, Printed, Sheet, download_catalogue


def sheet(id: str, kind: str | None, edition: Edition = "colour") -> Sheet:
    return Sheet(
        id=id,
        kind=kind,
        title="",
        audience="",
        author="",
        subject=id.removesuffix("-den-trang"),
        dated=date(2026, 11, 26),
        edition=edition,
        html="",
    )


def catalogue(*sheets: Sheet) -> tuple[Download, ...]:
    printed = [
        Printed(sheet=sheet.id, path=Path(f"{sheet.id}.pdf"), pages=1, bytes=1, sha256="", is_reused=False)
        for sheet in sheets
    ]
    return download_catalogue(sheets, reversed(printed))


def test_downloads_stand_in_the_order_of_their_kinds_and_then_of_the_sheets() -> None:
    sheets = [sheet(f"{kind}-{number}", kind) for number in (1, 2) for kind in reversed(KIND_WORDS)]
    expected = [f"{kind}-{number}" for kind in KIND_WORDS for number in (1, 2)]
    assert [download.id for download in catalogue(*sheets)] == expected


def test_the_edition_that_most_offices_print_comes_first() -> None:
    sheets = [
        sheet("a", "leaflet"),
        sheet("a-den-trang", "leaflet", "mono"),
        sheet("b", "leaflet"),
        sheet("b-den-trang", "leaflet", "mono"),
    ]
    assert [download.id for download in catalogue(*sheets)] == ["a-den-trang", "a", "b-den-trang", "b"]


def test_what_has_no_kind_is_no_download() -> None:
    assert [download.id for download in catalogue(sheet("dap-an", None), sheet("so-tay", "handbook"))] == [
        "so-tay"
    ]


def test_every_kind_of_material_is_one_of_the_downloads() -> None:
    assert {kind: KIND_WORDS[kind] for kind in MATERIAL_KINDS} == {
        kind: material.words for kind, material in MATERIAL_KINDS.items()
    }
    others = [
        "job-aid",
        "help-sheet",
        "look-up-card",
        "handout",
        "blank-form",
        "lesson-plan",
        "lesson-cards",
        "observed-task",
        "pocket-text",
        "agency-tasks",
    ]
    assert list(KIND_WORDS) == ["handbook", "guide", *MATERIAL_KINDS, *others]
