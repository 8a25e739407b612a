"""What goes wrong on the machine, or was foreseen by nobody, ends in words and an exit status."""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import Error

from taphuan.cli import terminal
from taphuan.cli.commands import run
from taphuan.cli.terminal import exit_status_of, findings_text
from taphuan.errors import Finding, OperatorError, catalogue, reason
from taphuan.plugin.preview import Preview, _brought_up
from taphuan.plugin.preview_server import ChangeFeed, make_server
from taphuan.render.browser_print import PrintError
from taphuan.render.chromium import _in_time

Screen = pytest.CaptureFixture[str]


def failing(fault: Exception) -> int:
    def call() -> object:
        raise fault

    return exit_status_of(call)


@pytest.mark.parametrize("number", sorted(terminal.ON_THE_MACHINE))
def test_what_the_machine_refuses_is_told_with_what_to_do_and_no_trace(
    number: int, capsys: Screen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert failing(OSError(number, os.strerror(number), "site/index.html")) == 3
    message = capsys.readouterr().err
    assert f"“site/index.html”: {catalogue()['reasons'][errno.errorcode[number]]}\n  = " in message
    assert os.strerror(number) not in message
    assert list(tmp_path.iterdir()) == []


def test_a_reason_without_words_of_ours_is_told_by_its_number() -> None:
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "hệ điều hành từ chối, mã lỗi EXDEV"
    assert reason(OSError("?")) == "hệ điều hành từ chối"


def test_the_trace_is_kept_elsewhere_where_the_folder_cannot_be_written(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "tệp").touch()
    monkeypatch.setattr(terminal, "ERROR_LOG", tmp_path / "tệp/loi.log")
    monkeypatch.setattr(terminal.tempfile, "gettempdir", lambda: str(tmp_path))
    assert failing(ZeroDivisionError()) == 70
    kept = tmp_path / terminal.ERROR_LOG_ELSEWHERE
    assert f"chi tiết ở {kept}" in capsys.readouterr().err
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")
    monkeypatch.setattr(terminal.tempfile, "gettempdir", lambda: str(tmp_path / "tệp"))
    assert failing(ZeroDivisionError()) == 70
    message = capsys.readouterr().err
    assert "ZeroDivisionError" in message
    assert "không ghi được ra tệp" in message


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1258", "cp437", "ascii"])
def test_a_console_of_another_encoding_gets_words_and_no_fault(encoding: str, good: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from taphuan.cli import main; main()", "check", "--root", "không-có"],
        capture_output=True,
        cwd=good,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "không có thư mục “không-có”" in done.stderr.decode("utf-8")


def test_no_colour_is_used_where_it_is_not_wanted(capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.wants_colour() is False
    assert run(["biuld"]) == 2
    assert "\x1b[" not in capsys.readouterr().err


def test_errors_stand_above_notes_wherever_they_are() -> None:
    given = [
        Finding(code=code, severity=severity, message="m", fix="f", file=file, line=line)
        for code, severity, file, line in (
            ("a", "warning", "a.md", 1),
            ("b", "error", "a.md", 9),
            ("c", "warning", "b.md", 1),
            ("d", "error", "b.md", 2),
        )
    ]
    text = findings_text(given)
    assert [text.index(f"[{code}]") for code in "bdac"] == sorted(text.index(f"[{code}]") for code in "abcd")


def unwritable(*_: object, **__: object) -> bool:
    raise OSError(errno.ENOSPC, "No space left on device", "site/a")


def test_the_preview_says_that_notes_are_left_and_outlives_what_can_be_mended(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Preview(good, good / "out", banks=None, word=findings_text)
    monkeypatch.setattr(seen, "refresh", lambda **_: "")
    note = Finding(code="x", severity="warning", message="câu dài", fix="tách câu", file="a.md")
    seen.notes = (note, note)
    assert _brought_up(seen, whole=False).count("câu dài") == 2
    fresh = Preview(good, good / "out", banks=None, word=findings_text)
    (good / "content/programme/programme.yml").rename(good / "programme.yml")
    assert "không phải là một chương trình" in _brought_up(fresh, whole=False)
    (good / "programme.yml").rename(good / "content/programme/programme.yml")
    monkeypatch.setattr(fresh, "_render", unwritable)
    assert "không đọc hoặc ghi được “site/a”: đĩa đầy" in _brought_up(fresh, whole=False)


@pytest.mark.parametrize("host", ["192.0.2.1", "khong-co.invalid"])
def test_an_address_that_is_not_this_machines_is_told(host: str, tmp_path: Path) -> None:
    with pytest.raises(OperatorError) as refused:
        make_server(tmp_path, ChangeFeed(), host=host, port=8000)
    assert f"“{host}”" in refused.value.message


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Error("Page.pdf: Target crashed"), "dừng giữa chừng"),
        (Error("Target page, context or browser has been closed"), "dừng giữa chừng"),
        (Error("Timeout 120000ms exceeded."), "không trả lời trong 120 giây"),
        (TimeoutError(), "không trả lời"),
        (Error("Protocol error"), "trình duyệt báo lỗi"),
    ],
)
def test_what_befell_the_browser_is_told_in_vietnamese(fault: Exception, expected: str) -> None:
    async def printing() -> None:
        raise fault

    with pytest.raises(PrintError, match="không in được tờ A") as refused:
        asyncio.run(_in_time("tờ A", printing()))
    assert expected in refused.value.message
