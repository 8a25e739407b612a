"""Which files of a folder are the programme's, which pictures, and what is read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from broken_samples import (
    ACTS,
    CAMPAIGN,
    CHARTER,
    LAW,
    PAGE,
    PICTURES,
    SECOND,
    TESTS,
    UNITS,
)
from programmes import Edit, FindingsOf, codes

from taphuan.errors import NotAProgramme
from taphuan.programme.loader import load
from taphuan.programme.loader.programme_folder import Memo

# --- which files -------------------------------------------------------------------------------


def test_a_folder_without_a_programme_is_told_to_the_one_who_called(tmp_path: Path) -> None:
    with pytest.raises(NotAProgramme) as refused:
        load(tmp_path)
    assert str(tmp_path) in refused.value.message
    assert "--root" in refused.value.fix
    assert refused.value.exit_status == 2


def test_a_folder_that_is_not_there_is_no_programme(tmp_path: Path) -> None:
    with pytest.raises(NotAProgramme):
        load(tmp_path / "khong-co")


def test_every_file_of_the_programme_that_is_missing_is_named(good: Path) -> None:
    for path in (good / "content/programme").glob("*.yml"):
        if path.name != "programme.yml":
            path.unlink()
    loading = load(good)
    assert loading.programme is None
    assert codes(loading) == ["missing-file"] * 5
    assert loading.has_errors


def test_a_programme_of_its_core_files_alone_is_a_programme(good: Path) -> None:
    folders = {path.parent for path in (good / "content").glob("*/*")} - {good / "content/programme"}
    for folder in ("curricula", *folders - {good / "content/pictures"}):
        for path in sorted((good / folder).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        (good / folder).rmdir()
    (good / ACTS).unlink()
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert not loading.programme.courses


@pytest.mark.parametrize("core", [CHARTER, UNITS, LAW])
def test_a_programme_whose_core_holds_comments_alone_is_not_said_to_be_sound(good: Path, core: str) -> None:
    (good / core).write_text("# còn trống\n", encoding="utf-8")
    loading = load(good)
    assert (loading.programme, codes(loading), loading.has_errors) == (None, ["empty-file"], True)


def test_what_editors_and_usb_sticks_leave_behind_is_not_content(good: Path) -> None:
    for name in ("curricula/._nuoc-sach.yml", "content/lessons/nuoc-sach/.#bai.md", "content/pages/.nhap.md"):
        (good / name).write_bytes(b"\0\5\x16\7")
    assert codes(load(good)) == []


def test_a_file_named_yaml_is_read_as_one_named_yml(good: Path) -> None:
    (good / CAMPAIGN).rename((good / CAMPAIGN).with_suffix(".yaml"))
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert list(loading.programme.campaigns) == ["giu-giot-nuoc"]


def test_two_files_with_one_id_are_told_of_each_other(good: Path, findings_of: FindingsOf) -> None:
    copy = "content/campaigns/lan-hai.yml"
    (good / copy).write_bytes((good / CAMPAIGN).read_bytes())
    (finding,) = findings_of(good)
    assert (finding.code, finding.file, finding.line, finding.column) == ("duplicate-id", copy, 1, 5)
    assert CAMPAIGN in finding.message


def test_banks_of_tests_may_lie_outside_of_the_repository(good: Path, tmp_path: Path, edit: Edit) -> None:
    apart = tmp_path / "ngan-hang"
    apart.mkdir()
    (good / TESTS).rename(apart / "kiem-tra.yml")
    assert codes(load(good)) == ["unknown-bank", "unknown-bank"]
    assert codes(load(good, banks=apart)) == []
    edit(apart, "kiem-tra.yml", "correct: true}\n      thap", "correct: yes}\n      thap")
    (finding,) = load(good, banks=apart).findings
    assert (finding.code, finding.file) == ("not-a-flag", "../ngan-hang/kiem-tra.yml")


def test_a_folder_of_banks_that_is_not_there_leaves_its_banks_unknown(good: Path, tmp_path: Path) -> None:
    (good / TESTS).unlink()
    assert codes(load(good, banks=tmp_path / "khong-co")) == ["unknown-bank", "unknown-bank"]


# --- pictures ----------------------------------------------------------------------------------


EMPTY = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_drawing_in_the_bytes_of_another_alphabet_is_a_finding(good: Path, findings_of: FindingsOf) -> None:
    (good / "content/pictures/giot-nuoc.svg").write_bytes(b"<svg>\xff</svg>")
    (finding,) = findings_of(good)
    assert (finding.code, finding.file) == ("not-utf-8", "content/pictures/giot-nuoc.svg")


@pytest.mark.parametrize(
    "file",
    ["../programme/x.svg", "/etc/x.svg", "pictures.yml", "x" * 5_000 + ".svg", "..", "a/../giot-nuoc.svg"],
)
def test_a_drawing_is_an_svg_file_among_the_pictures_and_nothing_else(
    good: Path, edit: Edit, findings_of: FindingsOf, file: str
) -> None:
    (good / "content/programme/x.svg").write_text(EMPTY)
    edit(good, PICTURES, "file: giot-nuoc.svg", f"file: «{file}")
    (finding,) = findings_of(good)
    assert (finding.code, finding.file, finding.line, finding.column) == ("missing-drawing", PICTURES, 1, 19)


def test_a_drawing_may_lie_in_a_folder_of_the_pictures(good: Path, edit: Edit) -> None:
    (good / "content/pictures/nho").mkdir()
    (good / "content/pictures/nho/giot.svg").write_text(EMPTY)
    edit(good, PICTURES, "file: giot-nuoc.svg", "file: nho/giot.svg")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert loading.programme.drawing("giot-nuoc") == EMPTY


# --- reading again -----------------------------------------------------------------------------


def test_what_has_not_changed_is_not_read_again(good: Path) -> None:
    memo = Memo()
    first, second = load(good, memo=memo).programme, load(good, memo=memo).programme
    assert first
    assert second
    assert second.charter is first.charter
    assert second.lessons["nuoc-sach/bao-nuoc-ban"] is first.lessons["nuoc-sach/bao-nuoc-ban"]


def test_what_has_changed_is_read_again_and_what_is_gone_is_gone(good: Path, edit: Edit) -> None:
    memo = Memo()
    load(good, memo=memo)
    edit(good, SECOND, "minutes: 10", "minutes: 15")
    os.utime(good / SECOND, ns=(1, 1))
    (good / PAGE).unlink()
    second = load(good, memo=memo).programme
    assert second
    assert second.lessons["nuoc-sach/bao-nuoc-ban"].minutes == 15
    assert second.pages == {}


def test_findings_of_a_file_are_remembered_with_it(good: Path, edit: Edit) -> None:
    memo = Memo()
    edit(good, SECOND, "minutes: 10", "minutes: mười")
    assert codes(load(good, memo=memo)) == codes(load(good, memo=memo)) == ["not-a-number"]
    edit(good, SECOND, "minutes: mười", "minutes: 10")
    assert codes(load(good, memo=memo)) == []
