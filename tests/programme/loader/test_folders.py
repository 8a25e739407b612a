"""What leads out of a programme's folder is never followed, and what is no file is never opened."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from broken_samples import AUDIENCES, COURSE, LESSON, PAGE, PICTURES, SECOND, TESTS, UNITS
from command_line import say
from programmes import FindingsOf

from taphuan.build import Options, build
from taphuan.errors import AuthorError
from taphuan.plugin.mkdocs_build import SiteFailed, read_configuration
from taphuan.programme.loader import load
from taphuan.programme.loader.files import NotPlain, read_plain

DRAWING = "content/pictures/giot-nuoc.svg"
SECRET = "điều không ai được đọc"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the programme, with a file in it."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "x.md").write_text(SECRET, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "file", [LESSON, SECOND, COURSE, PAGE, UNITS, AUDIENCES, PICTURES, DRAWING, TESTS, "overrides/main.html"]
)
def test_a_link_in_the_place_of_a_file_is_the_one_finding(
    good: Path, outside: Path, findings_of: FindingsOf, file: str
) -> None:
    (good / file).parent.mkdir(exist_ok=True)
    real = outside / Path(file).name
    if (good / file).exists():
        (good / file).rename(real)
    (good / file).symlink_to(real)
    assert [(finding.code, finding.file) for finding in findings_of(good)] == [("linked-file", file)]


@pytest.mark.parametrize(
    "file",
    [
        *(
            "content/pictures/x.png",
            "content/pages/x.md",
            "content/lessons/nuoc-sach/x.md",
            "curricula/x.yml",
        ),
        *("content/questions/x.yml", "overrides/assets/x.js", "content/pages/.x", "content/x"),
    ],
)
def test_a_link_is_told_wherever_it_lies(
    good: Path, outside: Path, findings_of: FindingsOf, file: str
) -> None:
    (good / file).parent.mkdir(parents=True, exist_ok=True)
    (good / file).symlink_to(outside / "x.md")
    assert [(finding.code, finding.file) for finding in findings_of(good)] == [("linked-file", file)]


@pytest.mark.parametrize("folder", ["content/lessons/khac", "content/pages/khac", "overrides/khac"])
def test_a_linked_folder_is_not_entered(
    good: Path, outside: Path, findings_of: FindingsOf, folder: str
) -> None:
    (good / folder).parent.mkdir(exist_ok=True)
    (good / folder).symlink_to(outside, target_is_directory=True)
    assert [(finding.code, finding.file) for finding in findings_of(good)] == [("linked-file", folder)]
    programme = load(good).programme
    assert programme
    assert SECRET not in str(programme)


@pytest.mark.parametrize("folder", ["curricula", "content/lessons", "content"])
def test_a_folder_of_the_programme_that_is_a_link_is_told(
    good: Path, outside: Path, findings_of: FindingsOf, folder: str
) -> None:
    (good / folder).rename(outside / "moved")
    (good / folder).symlink_to(outside / "moved", target_is_directory=True)
    assert ("linked-file", folder) in [(finding.code, finding.file) for finding in findings_of(good)]


def test_links_that_lead_nowhere_or_in_a_circle_are_told(good: Path, findings_of: FindingsOf) -> None:
    (good / "content/a").symlink_to("b")
    (good / "content/b").symlink_to("a")
    (good / "content/pages/c").symlink_to("..", target_is_directory=True)
    assert [finding.file for finding in findings_of(good)] == ["content/a", "content/b", "content/pages/c"]


def test_banks_kept_apart_hold_no_link_either(good: Path, outside: Path) -> None:
    apart = outside / "banks"
    apart.mkdir()
    (good / TESTS).rename(outside / "kiem-tra.yml")
    (apart / "kiem-tra.yml").symlink_to(outside / "kiem-tra.yml")
    assert [finding.code for finding in load(good, banks=apart).findings] == ["linked-file"]


def test_the_folders_that_a_command_names_may_be_links(good: Path, outside: Path) -> None:
    apart = outside / "banks"
    apart.mkdir()
    (good / TESTS).rename(apart / "kiem-tra.yml")
    (outside / "link").symlink_to(good, target_is_directory=True)
    (outside / "banks-link").symlink_to(apart, target_is_directory=True)
    assert load(outside / "link", banks=outside / "banks-link").findings == ()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        here = os.getcwd()
        os.chdir(path.parent)  # an address of more than 108 characters is none
        try:
            opened.bind(path.name)
        finally:
            os.chdir(here)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [_pipe, _socket, _device])
@pytest.mark.parametrize("file", ["content/pages/x.md", "content/lessons/nuoc-sach/x.png", "curricula/x.yml"])
def test_what_is_no_file_makes_nobody_wait(good: Path, findings_of: FindingsOf, make, file: str) -> None:  # type: ignore[no-untyped-def]
    make(good / file)
    (finding,) = findings_of(good)
    assert (finding.code, finding.file) == ("linked-file" if make is _device else "no-plain-file", file)


def test_a_file_that_becomes_a_link_or_a_pipe_before_it_is_read_is_not_read(outside: Path) -> None:
    (outside / "link").symlink_to(outside / "x.md")
    os.mkfifo(outside / "pipe")
    for name in ("link", "pipe", ".."):
        with pytest.raises(NotPlain):
            read_plain(outside / name, 99)
    assert read_plain(outside / "x.md", 99) == SECRET.encode()
    assert read_plain(outside / "x.md", 3) is None


# --- built ------------------------------------------------------------------------------------


class Silent:
    def start(self, what: str, total: int) -> None: ...

    def advance(self) -> None: ...

    def finish(self) -> None: ...


@pytest.mark.parametrize("file", ["overrides/assets/x.css", "content/pages/x.png", "overrides/x.html"])
def test_nothing_behind_a_link_gets_into_the_site(whole: Path, outside: Path, file: str) -> None:
    (whole / file).symlink_to(outside / "x.md")
    with pytest.raises(AuthorError) as error:
        build(Options(root=whole, prints=False), Silent())
    assert [finding.code for finding in error.value.findings] == ["linked-file"]
    assert not (whole / "site").exists()


def test_a_theme_of_another_name_is_held_to_the_same(whole: Path, outside: Path) -> None:
    (whole / "overrides").rename(whole / "giao-dien")
    config = (whole / "mkdocs.yml").read_text(encoding="utf-8")
    (whole / "mkdocs.yml").write_text(config.replace("custom_dir: overrides", "custom_dir: giao-dien"))
    (whole / "giao-dien/assets/x.css").symlink_to(outside / "x.md")
    with pytest.raises(SiteFailed) as error:
        read_configuration(whole, whole / "site")
    assert "giao-dien/assets/x.css" in error.value.message


@pytest.mark.slow
def test_what_lies_beside_the_pages_is_not_copied_as_it_is(whole: Path) -> None:
    for name in ("x.html", "x.js", "x.svgz", "x.xhtml", "sub/x.xml", "x.mjs"):
        (whole / "content/pages" / name).parent.mkdir(exist_ok=True)
        (whole / "content/pages" / name).write_text("<script>alert(1)</script>", encoding="utf-8")
    build(Options(root=whole, prints=False), Silent())
    site = whole / "site"
    assert [path for path in site.rglob("*") if path.stem == "x"] == []
    assert [path for path in site.rglob("*.html") if "alert(1)" in path.read_text("utf-8")] == []


def test_the_command_tells_of_a_link_in_words(good: Path, outside: Path) -> None:
    (good / "content/pages/x.md").symlink_to(outside / "x.md")
    done = say("check", "--root", str(good))
    assert done.returncode == 1
    assert "chép tệp hoặc thư mục thật" in done.stdout
    assert SECRET not in done.stdout
