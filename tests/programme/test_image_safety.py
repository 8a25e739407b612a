"""A drawing draws and does nothing else; a photograph is whole and says nothing of its place."""

from __future__ import annotations

import base64
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from drawings import BROKEN, HARMFUL, HEAVY, HONEST, SVG, carried, picture, placed, svg
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from programmes import REPOSITORY, FindingsOf

from taphuan.programme.loader import load
from taphuan.programme.svg import read_drawing

DRAWING = "content/pictures/giot-nuoc.svg"
BESIDE = "content/lessons/nuoc-sach"


@pytest.mark.parametrize("harm", HARMFUL)
def test_a_drawing_that_does_more_than_draw_is_refused(harm: str) -> None:
    text, quoted = HARMFUL[harm]
    read = read_drawing(text)
    assert read.text == ""
    if quoted:
        fault = read.faults[0]
        assert fault.code == "unsafe-drawing"
        assert fault.values["found"].startswith(quoted)
        line = text.splitlines()[fault.line - 1]
        assert line[fault.column - 1 :].startswith(fault.phrase) or fault.phrase not in text


@pytest.mark.parametrize("harm", HARMFUL)
def test_it_is_refused_under_another_prefix_too(harm: str) -> None:
    text, _ = HARMFUL[harm]
    renamed = text.replace(f"<svg {SVG}", '<s:svg xmlns:s="http://www.w3.org/2000/svg"')
    renamed = renamed.replace("</svg>", "</s:svg>")
    assert read_drawing(renamed).text == ""


@pytest.mark.parametrize("heavy", HEAVY)
def test_a_drawing_of_endless_parts_is_refused(heavy: str) -> None:
    assert [fault.code for fault in read_drawing(HEAVY[heavy]).faults] == ["heavy-drawing"]


@pytest.mark.parametrize("broken", BROKEN)
def test_what_no_browser_would_draw_is_told(broken: str) -> None:
    assert [fault.code for fault in read_drawing(BROKEN[broken]).faults] == ["unreadable-drawing"]


@pytest.mark.parametrize("program", HONEST)
def test_what_programs_write_passes_and_keeps_what_is_drawn(program: str) -> None:
    read = read_drawing(HONEST[program])
    assert read.faults == ()
    assert read_drawing(read.text).text == read.text, "what came out is a drawing that nothing is left out of"
    for drawn in ("<path", "<rect", "<text", "<stop", "<image", "<use", "<circle", "<polygon", "<feBlend"):
        assert read.text.count(drawn) == HONEST[program].count(drawn)


@pytest.mark.parametrize("program", HONEST)
def test_what_only_the_program_knows_does_not_reach_the_site(program: str) -> None:
    out = read_drawing(HONEST[program]).text
    for trace in (
        "/home/",
        "inkscape",
        "rdf:",
        "adobe",
        "<!DOCTYPE",
        "glyph",
        "ooo:",
        "serif:",
        "v:",
        "eJzN",
    ):
        assert trace not in out
    for said in ("Nguồn nước", "Chợ", "Bản", "Họp bản", "Nhà", "Trang 1"):
        assert (said in out) == (said in HONEST[program])


def test_a_drawing_with_nothing_to_leave_out_is_not_written_anew() -> None:
    ours = [*REPOSITORY.glob("content/**/*.svg"), *REPOSITORY.glob("overrides/**/*.svg")]
    texts = [path.read_text(encoding="utf-8") for path in ours]
    assert len(texts) > 10
    assert [read_drawing(text).text for text in texts] == texts


@pytest.mark.parametrize(
    "inside",
    [
        *("<x/>" * 200_000, "<g onload=''/>" * 60_000, f"<style>{'/*' * 400_000}</style>"),
        *(f"<style>{'a' * 900_000}</style>", f"<style>{'{' * 900_000}</style>"),
        *(
            f"<g style='fill:{'a' * 900_000}'/>",
            f"<g fill='{'url(' * 200_000}'/>",
            f"<svg viewBox='{'1' * 900_000}'/>",
            "<g>" * 200_000,
        ),
        "".join(
            f'<g id="c{n}"><use href="#d{n}"/></g><g id="d{n}"/><use href="#c{n}"/>' for n in range(9_000)
        ),
    ],
    ids=lambda inside: inside[:20],
)
def test_a_drawing_of_one_shape_is_read_or_refused_in_time(inside: str) -> None:
    """Each takes half a second; what grew with the square of its length would not end."""
    assert len(svg(inside)) < 1_000_000
    read_drawing(svg(inside))


def test_a_photograph_in_letters_that_are_none_is_broken() -> None:
    text = svg('<image href="data:image/png;base64,ă😀"/>')
    assert [fault.code for fault in read_drawing(text).faults] == ["broken-photo"]


@pytest.fixture(scope="module")
def page(chromium_path: str) -> Iterator[Page]:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, chromium_sandbox=not is_root)
        yield browser.new_page(viewport={"width": 300, "height": 300})
        browser.close()


def _drawn(page: Page, text: str) -> bytes:
    address = "data:image/svg+xml;base64," + base64.b64encode(text.encode()).decode()
    page.set_content(f'<body style="margin:0"><img src="{address}" width="300" height="300">')
    assert page.evaluate("document.images[0].decode().then(() => document.images[0].naturalWidth)") > 0
    return page.screenshot()


@pytest.mark.parametrize("program", HONEST)
def test_a_browser_draws_what_is_left_as_it_draws_the_whole(page: Page, program: str) -> None:
    assert _drawn(page, read_drawing(HONEST[program]).text) == _drawn(page, HONEST[program])


# --- in a programme ---------------------------------------------------------------------------


def test_a_drawing_that_no_list_names_is_looked_at_too(good: Path, findings_of: FindingsOf) -> None:
    for file in (f"{BESIDE}/so-do.svg", f"{BESIDE}/SO-DO.SVG", "content/pages/a.svg", "overrides/a/b.svg"):
        (good / file).parent.mkdir(parents=True, exist_ok=True)
        (good / file).write_text(svg("\n\n<path\n d='M0 0'\n onclick='a()'/>"), encoding="utf-8")
    findings = findings_of(good)
    assert [finding.code for finding in findings] == ["unsafe-drawing"] * 4
    assert {(finding.line, finding.column, finding.width) for finding in findings} == {(6, 2, 7)}
    assert findings[0].excerpt == " onclick='a()'/>"
    assert "onclick=" in findings[0].message


def test_the_programme_holds_the_text_that_was_looked_at_and_no_other(good: Path) -> None:
    (good / DRAWING).write_text(HONEST["Inkscape"], encoding="utf-8")
    programme = load(good).programme
    assert programme
    assert programme.drawing("giot-nuoc") == read_drawing(HONEST["Inkscape"]).text


# --- photographs ------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _claiming(width: int, height: int) -> bytes:
    """Returns a PNG of few bytes that claims to be of that size."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(b"\0" * 99)) + _chunk(b"IEND", b"")


def _turned() -> bytes:
    """Returns what a phone writes that was told to keep the place to itself."""
    exif = Image.Exif()
    exif[0x0112], exif[0x8825] = 6, {0: b"\2\2\0\0"}
    return picture("JPEG", exif=exif)


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a exif:GPSLatitude="22,23.7N"/></x:xmpmeta>'
PHOTOS: dict[str, tuple[str, bytes, str, str]] = {
    "nothing": ("a.png", b"", "broken-photo", ""),
    "half a PNG": ("a.png", picture()[:-30], "broken-photo", ""),
    "half a JPEG": ("a.jpg", picture("JPEG")[:-40], "broken-photo", ""),
    "half a WebP": ("a.webp", picture("WEBP")[:-10], "broken-photo", ""),
    "a PNG with a byte changed": ("a.png", picture()[:45] + b"\0" + picture()[46:], "broken-photo", ""),
    "a PNG in the name of a JPEG": ("a.jpg", picture(), "photo-of-other-kind", "thành .png"),
    "a JPEG in capitals": ("A.PNG", picture("JPEG"), "photo-of-other-kind", "thành .jpg"),
    "a photo of an iPhone": ("a.jpg", b"\0\0\0\x18ftypheic" + bytes(99), "photo-of-other-kind", "HEIC"),
    "a GIF": ("a.png", b"GIF89a" + bytes(99), "photo-of-other-kind", "GIF"),
    "a page of an error": ("a.jpeg", b"<!DOCTYPE html><p>404", "photo-of-other-kind", "HTML"),
    "a drawing": ("a.png", svg("").encode(), "photo-of-other-kind", "thành .svg"),
    "anything": ("a.webp", b"\1\2\3" * 99, "photo-of-other-kind", "không nhận ra"),
    "a claim of many pixels": ("a.png", _claiming(8_000, 8_000), "photo-too-big", "8000 × 8000"),
    "a claim beyond all": ("a.png", _claiming(60_000, 60_000), "photo-too-big", ""),
    "many bytes": ("a.jpg", picture("JPEG") + bytes(10_000_000), "photo-too-big", "10 MB"),
    "a place in a JPEG": ("a.jpg", placed("JPEG"), "photo-with-place", "GPS"),
    "a place in a PNG": ("a.png", placed("PNG"), "photo-with-place", "GPS"),
    "a place in a WebP": ("a.webp", placed("WEBP"), "photo-with-place", "GPS"),
    "a place in XMP": ("a.jpg", picture("JPEG", xmp=XMP), "photo-with-place", "GPS"),
}


@pytest.mark.parametrize("photo", PHOTOS)
def test_a_photograph_that_cannot_go_public_is_told(good: Path, findings_of: FindingsOf, photo: str) -> None:
    name, raw, code, said = PHOTOS[photo]
    (good / BESIDE / name).write_bytes(raw)
    (finding,) = findings_of(good)
    assert (finding.code, finding.file) == (code, f"{BESIDE}/{name}")
    assert said in finding.message + finding.fix


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.png", picture()),
        ("a.jpg", picture("JPEG", progressive=True)),
        ("a.JPEG", picture("JPEG") + b"Samsung"),
        ("a.webp", picture("WEBP")),
        ("turned.jpg", _turned()),
    ],
)
def test_a_sound_photograph_passes(good: Path, findings_of: FindingsOf, name: str, raw: bytes) -> None:
    (good / BESIDE / name).write_bytes(raw)
    assert findings_of(good) == []


def test_a_photograph_within_a_drawing_is_looked_at_alike(good: Path) -> None:
    def faults_of(raw: bytes, kind: str = "png") -> list[str]:
        text = svg(f'<image href="{carried(raw, kind)}"/>')
        return [fault.code for fault in read_drawing(text).faults]

    assert faults_of(picture()) == []
    assert faults_of(picture()[:-30]) == ["broken-photo"]
    assert faults_of(placed("JPEG"), "jpeg") == ["photo-with-place"]
    assert faults_of(_claiming(9_000, 9_000)) == ["photo-too-big"]
    assert faults_of(svg("").encode()) == ["photo-of-other-kind"]
    assert read_drawing(svg('<image href="data:image/png;base64,###"/>')).faults[0].code == "broken-photo"
