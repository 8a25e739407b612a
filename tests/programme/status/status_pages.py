"""The page that `taphuan status` prints, and its parts."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from command_line import Done, say

from taphuan.programme.loader import load
from taphuan.programme.status import Overview, overview

DRAFT = "review: {status: draft}"


def status(root: Path, *arguments: str) -> Done:
    return say("status", "--root", str(root), *arguments)


def page(root: Path, *arguments: str) -> str:
    done = status(root, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def section(text: str, heading: str) -> str:
    """The words below a heading, as one line."""
    (lines,) = re.findall(rf"^\d+\. {heading}\n(.*?)(?=^\d+\. |\Z)", text, re.M | re.S)
    return " ".join(str(lines).split())


def seen(root: Path, day: date = date(2026, 1, 20), within: int = 90) -> Overview:
    programme = load(root).programme
    assert programme
    return overview(programme, day, within)


def drop(root: Path, *files: str) -> None:
    for file in files:
        path = root / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()
