"""The folder `generator/` is installed, imported and checked as the package `taphuan`, all of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
#: Written apart, as this file is looked through as well.
FOLDER = "generator"
IMPORTED = re.compile(
    rf"\b(?:from|import) {FOLDER}(?:[.;\"']|\s+import\b|$)"
    rf"|[\"']{FOLDER}\.\w"
    rf"|\b(?:files|PackageLoader|import_module)\([\"']{FOLDER}[\"']"
)
BUILD = "import setuptools.build_meta as backend; backend.build_wheel('out')"


def python(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python without what stands in its folder or in the environment."""
    command = [sys.executable, "-I", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], str]:
    """The names of what is installed by a wheel built from a copy, and what its maker said."""
    root = tmp_path_factory.mktemp("wheel")
    shutil.copytree(REPOSITORY / FOLDER, root / FOLDER)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, root)
    done = python(root, "-c", BUILD)
    assert done.returncode == 0, done.stderr
    (built,) = (root / "out").glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}, done.stderr


def test_a_wheel_has_every_file_of_the_folder_and_nothing_else(wheel: tuple[set[str], str]) -> None:
    names, said = wheel
    files = (path for path in (REPOSITORY / FOLDER).rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert names ^ {f"taphuan/{path.relative_to(REPOSITORY / FOLDER).as_posix()}" for path in files} == set()
    assert "Warning" not in said


def test_the_package_is_imported_from_anywhere_by_its_name_alone(tmp_path: Path) -> None:
    """Where a package is a folder, what is new in the folder is imported without installing again."""
    done = python(tmp_path, "-c", "import taphuan; print(*taphuan.__path__)")
    assert Path(done.stdout.strip()) == REPOSITORY / FOLDER, done.stderr
    assert "ModuleNotFoundError" in python(tmp_path, "-c", f"import {FOLDER}").stderr


@pytest.mark.parametrize("group", ["console_scripts", "mkdocs.plugins"])
def test_what_others_call_is_in_the_package(group: str) -> None:
    (entry_point,) = metadata.entry_points(group=group, name="taphuan")
    assert entry_point.load().__module__.partition(".")[0] == "taphuan"


def test_nobody_imports_the_folder_by_its_own_name() -> None:
    """Two names of one module would be two modules, each with classes of its own."""
    folders = (FOLDER, "tests", "bench", "setup")
    paths = [path for folder in folders for path in (REPOSITORY / folder).rglob("*.py")]
    paths += [REPOSITORY / "pyproject.toml", *REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.vi.md")]
    imports = {
        f"{path.relative_to(REPOSITORY)}: {line}"
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if IMPORTED.search(line)
    }
    assert imports == set()


def test_the_type_checker_sees_the_package_by_its_name(tmp_path: Path) -> None:
    """A package that mypy does not find is of any type, and nothing about it is ever wrong."""
    code = "import taphuan.errors\ntaphuan.errors.no_such_name"
    done = python(REPOSITORY, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "-c", code)
    assert "Module has no attribute" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 1
