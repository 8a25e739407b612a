"""The records at the command line: an empty book verifies, nothing is overwritten, a report leaves blanks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from programmes import REPOSITORY

from generator.cli.records import settings_of
from generator.errors import OperatorError

ROOT = ("--root", str(REPOSITORY))


def say(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from generator.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "TAPHUAN_DATABASE_URL": f"sqlite:///{folder}/so.sqlite3", "NO_COLOR": "1"},
        timeout=180,
        check=False,
    )


def test_the_first_account_comes_by_a_one_time_link_and_no_name_twice(tmp_path: Path) -> None:
    first = say(tmp_path, "records", "invite", "Văn phòng", *ROOT)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("http://127.0.0.1:8080/can-bo/loi-moi/#ma=")
    assert say(tmp_path, "records", "invite", "Văn phòng", *ROOT).returncode == 2
    assert say(tmp_path, "records", "invite", "Khác", "--unit", "khong-co", *ROOT).returncode == 2


def test_a_book_verifies_rebuilds_and_is_kept_and_brought_back(tmp_path: Path) -> None:
    assert say(tmp_path, "records", "invite", "Văn phòng", *ROOT).returncode == 0
    assert say(tmp_path, "records", "verify").returncode == 0
    assert say(tmp_path, "records", "rebuild").returncode == 0
    assert say(tmp_path, "records", "backup", "sao.sqlite3").returncode == 0
    assert say(tmp_path, "records", "backup", "sao.sqlite3").returncode == 2
    other = f"sqlite:///{tmp_path}/moi.sqlite3"
    assert say(tmp_path, "records", "restore", "sao.sqlite3", "--database", other).returncode == 0
    assert say(tmp_path, "records", "verify", "--database", other).returncode == 0


def test_a_head_that_was_noted_tells_rows_that_were_cut_off(tmp_path: Path) -> None:
    assert say(tmp_path, "records", "invite", "Văn phòng", *ROOT).returncode == 0
    (head,) = re.findall(r"^Mốc cuối sổ: (0:0{16})$", say(tmp_path, "records", "verify").stdout, re.M)
    assert say(tmp_path, "records", "backup", "sao.sqlite3").stdout.endswith(f"bản sao: {head}\n")
    assert say(tmp_path, "records", "verify", "--since", head).returncode == 0
    lost = say(tmp_path, "records", "verify", "--since", head, "--since", "7:5f0c2f2e6f4e4a51")
    assert (lost.returncode, lost.stdout.splitlines()) == (
        1,
        [
            "Mốc 7:5f0c2f2e6f4e4a51 không còn trong sổ: đã mất dòng, hoặc đây là sổ khác.",
            f"Mốc cuối sổ: {head}",
        ],
    )
    assert say(tmp_path, "records", "verify", "--since", "đầu năm").returncode == 2


def test_a_made_up_roster_is_never_written_over_another_file(tmp_path: Path) -> None:
    assert say(tmp_path, "records", "sample", "mau.xlsx", *ROOT).returncode == 0
    first = (tmp_path / "mau.xlsx").read_bytes()
    assert say(tmp_path, "records", "sample", "mau.xlsx", *ROOT).returncode == 2
    assert say(tmp_path, "records", "sample", "khac.xlsx", *ROOT).returncode == 0
    assert (tmp_path / "mau.xlsx").read_bytes() == (tmp_path / "khac.xlsx").read_bytes() == first


def test_a_report_is_written_three_ways(tmp_path: Path) -> None:
    done = say(tmp_path, "report", "--period", "2026H2", *ROOT)
    assert done.returncode == 0, done.stderr
    endings = {path.suffix for path in (tmp_path / "dist/reports").iterdir()}
    assert endings == {".docx", ".xlsx", ".pdf"}
    assert say(tmp_path, "report", "--period", "quý 3", *ROOT).returncode == 2


@pytest.mark.parametrize(
    ("address", "is_secure"),
    [("https://tap-huan.example.vn/", True), ("http://10.42.0.1:8080", False), ("", False)],
)
def test_a_lasting_address_is_printed_as_it_is_given(address: str, is_secure: bool) -> None:
    settings = settings_of(address, is_secure=False)
    assert (settings.address, settings.is_secure) == (address.rstrip("/"), is_secure)


@pytest.mark.parametrize("address", ["tap-huan.example.vn", "https://", "ftp://a.vn", "https://a.vn/can-bo/"])
def test_an_address_that_is_none_is_told_before_anything_starts(address: str, tmp_path: Path) -> None:
    told = say(tmp_path, "records", "serve", "--address", address, *ROOT)
    assert told.returncode == 2
    assert "không phải là địa chỉ của dịch vụ" in told.stderr


@pytest.mark.parametrize(
    ("address", "staff"),
    [
        ("", "https://can-bo.vn"),
        ("https://a.vn", "https://a.vn"),
        ("https://a.vn", "http://can-bo.vn"),
        ("https://a.vn", "can-bo.vn"),
    ],
)
def test_a_host_of_the_staff_that_would_keep_nothing_apart_is_refused(address: str, staff: str) -> None:
    with pytest.raises(OperatorError):
        settings_of(address, staff, is_secure=False)
