"""What a person meets at the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import say, say_alone

from taphuan.cli.commands import run


def test_help_is_vietnamese_and_names_every_verb() -> None:
    page = say_alone("--help").stdout
    for verb in ("check", "build", "serve", "pdf", "pages", "new", "approve", "status"):
        assert verb in page
    assert "Các lệnh" in page
    assert "Usage" not in page
    assert "Options" not in page


def test_the_interpreter_runs_the_package_as_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "taphuan"]
    version = subprocess.run(
        [*command, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert version.stdout == say_alone("--version").stdout
    wrong = subprocess.run([*command, "biuld"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (wrong.returncode, "build" in wrong.stderr) == (2, True)


@pytest.mark.parametrize("verb", ["check", "build", "serve", "pdf", "pages", "new", "approve", "status"])
def test_each_verb_explains_itself_with_an_example(verb: str) -> None:
    page = say(verb, "--help").stdout
    assert "Cách dùng: taphuan" in page
    assert "Ví dụ" in page
    assert "Show this message" not in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        (["--version"], {"yaml", "pydantic", "sqlalchemy", "mkdocs", "playwright"}),
        (["biuld"], {"pydantic", "sqlalchemy"}),
        (["check", "--help"], {"mkdocs", "playwright", "watchdog", "jinja2", "sqlalchemy", "fastapi"}),
        (["status"], {"mkdocs", "playwright", "watchdog", "sqlalchemy", "fastapi"}),
        (["records", "verify", "--help"], {"mkdocs", "playwright", "fastapi", "openpyxl"}),
    ],
)
def test_a_verb_brings_only_what_it_needs(words: list[str], unneeded: set[str]) -> None:
    """A browser, MkDocs, a database and a web server take longer to import than most verbs take."""
    code = f"import sys; from taphuan.cli.commands import run; run({words}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert unneeded & set(done.stdout.split()) == set()


def test_a_wrong_verb_is_answered_with_the_one_that_was_meant() -> None:
    done = say_alone("biuld")
    assert done.returncode == 2
    assert "có phải bạn muốn viết “build”?" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("build", "--jbos", "2"), "--jobs"),
        (("build", "--jobs", "9"), "từ 1 đến 8"),
        (("check", "--format", "xml"), "text, json, github"),
        (("new", "lesson"), "thiếu"),
        (("check", "thừa"), "từ thừa"),
        (("report",), "thiếu --period"),
        (
            ("records", "verify", "--since", "x"),
            "--since: “x” không phải là mã đối chiếu của sổ\n  = ghi như",
        ),
    ],
)
def test_wrong_usage_is_told_in_vietnamese(arguments: tuple[str, ...], expected: str) -> None:
    done = say(*arguments)
    assert done.returncode == 2
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_programme_is_wrong_usage(tmp_path: Path) -> None:
    done = say("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "không phải là một chương trình" in done.stderr


def test_a_good_programme_passes(good: Path) -> None:
    done = say_alone("check", cwd=good)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_finding_shows_the_line_with_a_caret_and_the_fix(good: Path) -> None:
    lesson = next(good.glob("content/lessons/*/*.md"))
    file = lesson.relative_to(good).as_posix()
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    done = say_alone("check", cwd=good, NO_COLOR="1")
    assert done.returncode == 1
    assert "lỗi[unknown-key]: không có từ khóa nào tên là “titel” ở đây" in done.stdout
    assert f"--> {file}:2:1" in done.stdout
    assert "^^^^^" in done.stdout
    assert "= sửa: có phải bạn muốn viết “title”?" in done.stdout
    assert "\x1b[" not in done.stdout


def test_findings_come_as_json_and_as_annotations(good: Path) -> None:
    lesson = next(good.glob("content/lessons/*/*.md"))
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    findings = json.loads(say("check", "--format", "json", cwd=good).stdout)
    assert {"code", "severity", "message", "fix", "file", "line", "column"} <= findings[0].keys()
    assert say("check", "--format", "github", cwd=good).stdout.startswith("::error file=content/lessons/")


def test_warnings_alone_pass_unless_strict(good: Path) -> None:
    lesson = next(good.glob("content/lessons/*/*.md"))
    long = "từ " * 40 + "hết."
    lesson.write_text(lesson.read_text(encoding="utf-8") + f"\n{long}\n", encoding="utf-8")
    assert say("check", cwd=good).returncode == 0
    assert say("check", "--strict", cwd=good).returncode == 1


def test_review_can_be_required(good: Path) -> None:
    done = say("check", "--require-review", cwd=good)
    assert done.returncode == 1
    assert "not-approved" in done.stdout


@pytest.mark.slow
def test_no_browser_is_told_with_what_to_install(whole: Path) -> None:
    done = say_alone("build", cwd=whole, TAPHUAN_BROWSER="/không/có")
    assert done.returncode == 3
    assert "TAPHUAN_BROWSER" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_nobody_foresaw_is_no_traceback_for_an_author(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(good)
    monkeypatch.setattr("taphuan.cli.check.load_kept", lambda *_, **__: 1 / 0)
    assert run(["check"]) == 70
    assert "Traceback" not in capsys.readouterr().err
    assert "ZeroDivisionError" in (good / ".cache/taphuan/loi.log").read_text(encoding="utf-8")


def test_pages_are_plain_markdown_for_another_builder(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    assert say("pages", str(out), cwd=good).returncode == 0
    home = (out / "index.md").read_text(encoding="utf-8")
    assert home.startswith("---\ntitle:")
    assert list(out.glob("khoa-hoc/*/*/index.md"))


@pytest.mark.usefixtures("chromium_path")
def test_pdf_lists_its_ids_and_prints_the_one_named(whole: Path) -> None:
    ids = say("pdf", cwd=whole).stdout.split()
    poster = next(id for id in ids if id.endswith("ap-phich") or "ap-phich" in id)
    done = say("pdf", poster, cwd=whole)
    assert done.returncode == 0, done.stderr
    assert (whole / f"dist/pdf/{poster}.pdf").read_bytes().startswith(b"%PDF")
    assert say("pdf", "khong-co", cwd=whole).returncode == 2


@pytest.mark.usefixtures("chromium_path")
def test_a_press_is_given_every_leaflet_in_a_folder_of_its_own(whole: Path) -> None:
    leaflets = {id for id in say("pdf", cwd=whole).stdout.split() if id.endswith("-to-gap")}
    done = say("pdf", "--press", cwd=whole)
    assert done.returncode == 0, done.stderr
    printed = {path.stem.removesuffix("-nha-in") for path in (whole / "dist/press").iterdir()}
    assert printed == leaflets != set()
    refused = say("pdf", "--press", "so-tay", cwd=whole)
    assert refused.returncode == 2
    assert "không có tờ gấp nào" in refused.stderr
