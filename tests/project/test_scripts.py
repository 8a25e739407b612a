"""Scripts of the site and the service: linted, formatted and type-checked, each of them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from programmes import REPOSITORY

pytestmark = pytest.mark.slow

TOOLS = REPOSITORY / "setup/scripts"
#: What English does without. What readers see stands in pages, with which the scripts work.
FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")
LONGEST_SCRIPT = 400
FOLDERS = ("overrides", "generator")
SCRIPTS = sorted(path for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*.js"))


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs what `make lint` runs, `BIOME` or `TSC` of the Makefile, with these arguments."""
    written = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    command = next(line for line in written.splitlines() if line.startswith(f"{tool} := "))
    return subprocess.run(
        [*command.split()[2:], *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_every_script_is_read_by_the_type_checker() -> None:
    projects = sorted(TOOLS.glob("tsconfig*.json"))
    read = {
        Path(line).resolve()
        for project in projects
        for line in run("TSC", "--project", project, "--listFilesOnly").stdout.splitlines()
    }
    assert len(SCRIPTS) > 15
    assert [path.name for path in SCRIPTS if path not in read] == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("/** @type {number} */\nconst words = 'three';\nconsole.log(words);\n", "TS2322"),
        ("document.querySelector('form').submit();\n", "TS2531"),
        ("function twice(value) {\n  return value + value;\n}\ntwice(1);\n", "TS7006"),
    ],
    ids=["a text for a number", "an element that may be missing", "a parameter without a type"],
)
def test_an_error_of_types_is_found(tmp_path: Path, planted: str, said: str) -> None:
    (tmp_path / "planted.js").write_text(planted, encoding="utf-8")
    project = {"extends": str(TOOLS / "tsconfig.json"), "include": ["planted.js"], "exclude": []}
    (tmp_path / "tsconfig.json").write_text(json.dumps(project), encoding="utf-8")
    done = run("TSC", "--project", tmp_path)
    assert done.returncode != 0
    assert "planted.js" in done.stdout
    assert said in done.stdout


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("const spare = 1;\nexport {};\n", "noUnusedVariables"),
        ("if (document.title == 1) window.stop();\n", "noDoubleEquals"),
        ("window.addEventListener('load', one => one)\n", "format"),
    ],
    ids=["a value nobody reads", "an equality that converts", "another style of writing"],
)
def test_an_error_of_lint_or_style_is_found(tmp_path: Path, planted: str, said: str) -> None:
    (tmp_path / "planted.js").write_text(planted, encoding="utf-8")
    done = run("BIOME", "check", "--config-path", TOOLS, "--error-on-warnings", tmp_path)
    assert done.returncode != 0
    assert said in done.stdout + done.stderr


def test_no_script_is_too_long_to_be_read() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SCRIPTS}
    assert {name for name, length in lengths.items() if length > LONGEST_SCRIPT} == set()


def test_no_script_says_anything_in_vietnamese() -> None:
    """Neither in a text nor in a comment: whoever mends words looks for them in templates alone."""
    assert FOREIGN.search("Đã lưu")
    said = {
        f"{path.name}: {line.strip()}"
        for path in SCRIPTS
        for line in path.read_text(encoding="utf-8").splitlines()
        if FOREIGN.search(line)
    }
    assert said == set()
