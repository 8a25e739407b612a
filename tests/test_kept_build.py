"""A build of what was built already has nothing to do, and never leaves another site than one built anew."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from programmes import REPOSITORY, SAMPLES

from taphuan import build as whole_build
from taphuan import kept_build
from taphuan.build import BuildResult, Options, build
from taphuan.errors import AuthorError
from taphuan.plugin.mkdocs_build import MkDocsSite

LESSON = "content/lessons/nuoc-sach/bao-nuoc-ban.md"
STYLES = "overrides/assets/stylesheets/them.css"
FILE = "overrides/assets/viet-tay.txt"
STEPS = 20


class Silent:
    def start(self, what: str, total: int) -> None: ...

    def advance(self) -> None: ...

    def finish(self) -> None: ...


def pages_of(root: Path, *, anew: bool = False) -> BuildResult:
    return build(Options(root=root, prints=False, anew=anew), Silent())


def written(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(SAMPLES / "good", tmp_path / "programme"))
    shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return root


@pytest.fixture
def built(whole: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme whose site is built, and in which nothing may be built once more."""
    pages_of(whole)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr(MkDocsSite, "build", refuse)
    return whole


def test_what_has_not_changed_is_not_built_again(built: Path) -> None:
    before = written(built)
    again = pages_of(built)
    assert again.pages > 10
    assert written(built) == before


def test_its_findings_are_told_all_the_same(built: Path) -> None:
    with pytest.raises(AuthorError):
        build(Options(root=built, prints=False, require_review=True), Silent())


def lengthened(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write(text)


def touched(root: Path) -> None:
    lengthened(root / LESSON, "\nThêm một câu.\n")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": touched,
    "a style of the programme": lambda root: (root / STYLES).write_text("p {}", encoding="utf-8"),
    "a new file": lambda root: (root / FILE).write_text("một", encoding="utf-8"),
    "a setting": lambda root: lengthened(root / "mkdocs.yml", "copyright: x\n"),
    "a page somebody wrote over": lambda root: (root / "site/index.html").write_text("x", encoding="utf-8"),
    "a page somebody took away": lambda root: (root / "site/404.html").unlink(),
    "a file somebody put there": lambda root: (root / "site/moi.html").write_text("x", encoding="utf-8"),
    "half of what was kept": lambda root: (root / kept_build.KEPT_FILE).write_text("{", encoding="utf-8"),
    "other keys": lambda root: (root / kept_build.KEPT_FILE).write_text('{"a": 1}', encoding="utf-8"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_built(what: str, built: Path) -> None:
    CHANGES[what](built)
    with pytest.raises(AssertionError, match="built again"):
        pages_of(built)


@pytest.mark.parametrize(
    ("name", "other"),
    [("_libraries", lambda: ["mkdocs-9.dist-info"]), ("_browser", lambda: None), ("PACKAGE", SAMPLES)],
)
def test_other_code_is_other_than_what_was_kept(
    name: str, other: object, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept_build.made_of(built, banks=None, prints=True)
    monkeypatch.setattr(kept_build, name, other)
    assert kept_build.made_of(built, banks=None, prints=True) != before


def test_sheets_and_a_folder_of_banks_are_part_of_what_is_built(built: Path, tmp_path: Path) -> None:
    (tmp_path / "banks").mkdir()
    made = {
        kept_build.made_of(built, banks=banks, prints=prints)
        for banks in (None, tmp_path / "banks")
        for prints in (False, True)
    }
    assert len(made) == 4


@pytest.mark.parametrize("setting", ["hooks: []\n", "site_author: !ENV [WHO, x]\n"])
def test_settings_that_read_elsewhere_are_never_kept(setting: str, whole: Path) -> None:
    lengthened(whole / "mkdocs.yml", setting)
    pages_of(whole)
    assert kept_build.KeptBuild.read(whole) is None


def test_a_text_that_changes_while_it_is_built_is_not_taken_for_built(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap = whole_build._swap

    def change_meanwhile(new_site: Path, site: Path) -> None:
        touched(whole)
        swap(new_site, site)

    monkeypatch.setattr(whole_build, "_swap", change_meanwhile)
    pages_of(whole)
    assert kept_build.KeptBuild.read(whole) is None


def walk(root: Path, tmp_path: Path, *, seed: int, steps: int) -> None:
    """Changes and changes back by chance; after each step the site is what a build from nothing makes."""
    chance, first, fresh = random.Random(seed), tmp_path / "first", tmp_path / "fresh"
    shutil.copytree(root, first)
    files = [LESSON, "mkdocs.yml", STYLES, FILE]
    for step in range(steps):
        file = root / (name := chance.choice(files))
        if chance.random() < 0.5:
            lengthened(file, f"\n# {step % 3}\n" if name == "mkdocs.yml" else f"\n/* {step % 3} */\n")
        elif (first / name).exists():
            shutil.copy2(first / name, file)
        else:
            file.unlink(missing_ok=True)
        pages_of(root)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(root, fresh, ignore=shutil.ignore_patterns(".cache", "site", "dist"))
        pages_of(fresh, anew=True)
        assert written(root) == written(fresh), f"step {step} of seed {seed}"


def test_a_site_is_what_a_build_from_nothing_makes(whole: Path, tmp_path: Path) -> None:
    walk(whole, tmp_path, seed=1, steps=STEPS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 17))
def test_it_is_so_over_three_hundred_edits(seed: int, whole: Path, tmp_path: Path) -> None:
    walk(whole, tmp_path, seed=seed, steps=STEPS)
