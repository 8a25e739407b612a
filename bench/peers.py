"""Other people's programs, made ready where that is possible. None of them is in our lock files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from taphuan.programme.typeface import FONTS

from .runs import tell

WEASYPRINT = "weasyprint==70.*"
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0")


class MissingError(Exception):
    """A peer that is not on this machine and cannot be put there; says how a person could."""


def chromium(may_install: bool) -> str:
    """A whole Chromium. Raises MissingError."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program and may_install and _apt("chromium"):
        program = shutil.which("chromium")
    if not program:
        raise MissingError("missing: Chromium (apt-get install chromium; --quick installs nothing)")
    return program


def weasyprint(work: Path, may_install: bool) -> Path:
    """The interpreter of a venv that has WeasyPrint. Raises MissingError."""
    python = work / "weasyprint/bin/python"
    if not _imports(python) and may_install:
        tell("installing WeasyPrint into a venv of its own")
        _apt(*PANGO)
        subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=False)
        _quietly(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", WEASYPRINT)
    if not _imports(python):
        raise MissingError(f"missing: WeasyPrint (needs {' '.join(PANGO)}; --quick installs nothing)")
    return python


def fonts(work: Path) -> dict[str, str]:
    """An environment in which a peer finds the fonts of our sheets as if they were installed."""
    folder = work / "share/fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for font in FONTS.glob("*.ttf"):
        shutil.copy(font, folder)
    return {"XDG_DATA_HOME": str(folder.parent.resolve())}


def _imports(python: Path) -> bool:
    return python.exists() and _quietly(python, "-c", "import weasyprint")


def _apt(*packages: str) -> bool:
    """Installs Debian packages where we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    tell(f"apt-get install {' '.join(packages)}")
    _quietly("apt-get", "-qq", "update")
    return _quietly("apt-get", "-qq", "-y", "install", "--no-install-recommends", *packages)


def _quietly(*command: str | Path) -> bool:
    return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
