"""A build is checked first, written last and swapped in whole."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from programmes import REPOSITORY, SAMPLES

from taphuan.build import BuildResult, Options, _swap, build
from taphuan.errors import AuthorError, OperatorError
from taphuan.programme.loader import load
from taphuan.programme.schema import files_by_schema
from taphuan.render.paper import sheets
from taphuan.render.security_policy import HEADERS
from taphuan.render.text.prose import Prose


class Heard:
    """Remembers how far a build came."""

    def __init__(self) -> None:
        self.steps: dict[str, list[int]] = {}

    def start(self, what: str, total: int) -> None:
        self.steps[what] = [0, total]

    def advance(self) -> None:
        list(self.steps.values())[-1][0] += 1

    def finish(self) -> None: ...


def made(root: Path, **options: bool) -> BuildResult:
    return build(Options(root=root, **options), Heard())  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Built:
    """The sample with its site and sheets, and what was told while they were made."""

    root: Path
    result: BuildResult
    heard: Heard

    def copied_to(self, folder: Path) -> Path:
        """Copies all of it, with what was kept of its sheets, so that it can be changed and built again."""
        return Path(shutil.copytree(self.root, folder))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> Built:
    """For tests that look at a whole build; to print it takes most of the time that one takes."""
    root = Path(shutil.copytree(SAMPLES / "good", tmp_path_factory.mktemp("built") / "programme"))
    shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    heard = Heard()
    return Built(root=root, result=build(Options(root=root), heard), heard=heard)


def test_a_build_makes_the_site_the_sheets_the_schemas_and_the_headers(built: Built) -> None:
    whole, result = built.root, built.result
    assert (whole / "site/index.html").is_file()
    assert result.prints == len(list((whole / "site/tai-lieu").glob("*.pdf"))) > 0
    assert (whole / "schema/course.json").is_file()
    for server in ("nginx.conf", "Caddyfile"):
        lines = (whole / "dist/headers" / server).read_text(encoding="utf-8").splitlines()
        for name in (*HEADERS, "Strict-Transport-Security"):
            (line,) = (line.strip() for line in lines if f"{name} " in line)
            assert line.startswith("#") == (name not in HEADERS)
    assert result.pages == len(list((whole / "site").rglob("index.html")))


SETTINGS = ".vscode/settings.json"
OUTDATED = """{
  "yaml.schemas": {
    "schema/gone.json": "content/gone/*.yml"
  },
  "editor.rulers": [110], "files.associations": { "*.md.j2": "jinja-md" }
}
"""


@pytest.mark.slow
def test_a_build_tells_the_editor_which_schema_each_file_has_and_changes_nothing_else(whole: Path) -> None:
    settings = whole / SETTINGS
    settings.parent.mkdir()
    settings.write_text(OUTDATED, encoding="utf-8")
    made(whole, prints=False)
    text = settings.read_text(encoding="utf-8")
    assert json.loads(text)["yaml.schemas"] == files_by_schema()
    assert '\n  "yaml.schemas": {\n    "schema/course.json": "' in text
    assert text.endswith(OUTDATED.partition('yml"')[2])
    stamp = settings.stat().st_mtime_ns
    made(whole, prints=False)
    assert settings.stat().st_mtime_ns == stamp


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["// của tôi\n" + OUTDATED, '{"editor.rulers": [110]}', '["yaml.schemas"]', ""]
)
def test_settings_with_comments_or_without_schemas_are_left_to_their_owner(whole: Path, text: str) -> None:
    settings = whole / SETTINGS
    settings.parent.mkdir()
    settings.write_text(text, encoding="utf-8")
    made(whole, prints=False)
    assert settings.read_text(encoding="utf-8") == text


@pytest.mark.slow
def test_a_build_without_an_editor_makes_no_settings(whole: Path) -> None:
    made(whole, prints=False)
    assert not (whole / SETTINGS).exists()


def test_nothing_is_printed_again_when_nothing_has_changed(built: Built, tmp_path: Path) -> None:
    first, whole = built.result, built.copied_to(tmp_path / "again")
    before = {path.name: path.read_bytes() for path in (whole / "site/tai-lieu").glob("*.pdf")}
    second = made(whole)
    assert (first.reprinted, second.reprinted) == (first.prints, 0)
    assert {path.name: path.read_bytes() for path in (whole / "site/tai-lieu").glob("*.pdf")} == before


@pytest.mark.slow
def test_the_same_content_makes_the_same_site(whole: Path, tmp_path: Path) -> None:
    def files(root: Path) -> dict[str, bytes]:
        made(root, prints=False)
        site = root / "site"
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file() and "sitemap" not in path.name
        }

    assert files(whole) == files(whole)


@pytest.mark.slow
def test_an_error_leaves_the_earlier_site_as_it_was(whole: Path) -> None:
    made(whole, prints=False)
    before = {path: path.stat().st_mtime_ns for path in (whole / "site").rglob("*")}
    lesson = next(whole.glob("content/lessons/*/*.md"))
    lesson.write_text("không có phần đầu", encoding="utf-8")
    with pytest.raises(AuthorError) as error:
        made(whole, prints=False)
    assert error.value.findings[0].code == "no-front-matter"
    assert {path: path.stat().st_mtime_ns for path in (whole / "site").rglob("*")} == before


def test_a_first_build_with_an_error_writes_nothing(whole: Path) -> None:
    lesson = next(whole.glob("content/lessons/*/*.md"))
    lesson.write_text("không có phần đầu", encoding="utf-8")
    with pytest.raises(AuthorError):
        made(whole, prints=False)
    assert not (whole / "site").exists()
    assert not (whole / "schema").exists()


@pytest.mark.usefixtures("chromium_path")
def test_a_panel_that_does_not_hold_its_text_is_a_finding_at_the_field(whole: Path) -> None:
    campaign = next(
        path for path in whole.glob("content/campaigns/*.yml") if "kind: leaflet" in path.read_text("utf-8")
    )
    text = campaign.read_text(encoding="utf-8")
    flap = text.index("flap:")
    start = text.index("text:", flap) + len("text:")
    long = ' "' + "Một câu dài để tràn ra ngoài khổ giấy của tờ gấp. " * 60 + '"'
    end = min(position for mark in "\n,}" if (position := text.find(mark, start)) > 0)
    campaign.write_text(text[:start] + long + text[end:], encoding="utf-8")
    with pytest.raises(AuthorError) as error:
        made(whole)
    finding = next(finding for finding in error.value.findings if finding.code == "panel-overflow")
    assert finding.file == campaign.relative_to(whole).as_posix()
    assert "flap" in finding.message
    assert finding.line > 1
    assert not (whole / "site").exists()


def test_no_question_of_a_test_bank_is_anywhere_in_the_site(built: Built) -> None:
    whole = built.root
    banks = [path.read_text("utf-8") for path in whole.glob("content/questions/**/*.yml")]
    assert any("use: test" in bank for bank in banks)
    programme = load(whole).programme
    assert programme is not None
    secret = [
        text
        for bank in programme.banks.values()
        if bank.use == "test"
        for id, question in bank.questions.items()
        for text in (id, question.stem, question.explanation or "")
        if len(text) > 3
    ]
    assert secret
    for path in (whole / "site").rglob("*"):
        if path.suffix in {".html", ".json", ".js", ".xml"}:
            words = path.read_text(encoding="utf-8")
            assert [text for text in secret if text in words] == [], path


def test_an_image_of_a_lesson_travels_with_it_to_the_site_and_onto_paper(
    built: Built, tmp_path: Path
) -> None:
    whole = built.copied_to(tmp_path / "pictured")
    lesson = next(whole.glob("content/lessons/*/*.md"))
    drawing = next(whole.glob("content/pictures/*.svg")).read_bytes()
    (lesson.parent / "so-do.svg").write_bytes(drawing)
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text + "\n![Sơ đồ nguồn nước](so-do.svg)\n", encoding="utf-8")
    made(whole)
    page = whole / "site/khoa-hoc" / lesson.parent.name / lesson.stem / "index.html"
    assert f'src="../../../hinh/lessons/{lesson.parent.name}/so-do.svg"' in page.read_text(encoding="utf-8")
    assert (whole / f"site/hinh/lessons/{lesson.parent.name}/so-do.svg").read_bytes() == drawing
    programme = load(whole).programme
    assert programme is not None
    handout = next(s for s in sheets(programme, Prose(programme)) if s.subject.endswith(lesson.stem))
    assert 'alt="Sơ đồ nguồn nước" src="data:image/svg+xml;base64,' in handout.html


def test_drafts_are_refused_when_review_is_required(whole: Path) -> None:
    with pytest.raises(AuthorError) as error:
        made(whole, prints=False, require_review=True)
    assert {finding.code for finding in error.value.findings} >= {"not-approved"}


def test_progress_reaches_its_end(built: Built) -> None:
    assert built.heard.steps
    for what, (reached, total) in built.heard.steps.items():
        assert reached == total, what


def test_a_site_whose_folder_is_held_stays_whole_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, coming = tmp_path / "site", tmp_path / "coming"
    for folder, text in ((site, "cũ"), (coming, "mới")):
        folder.mkdir()
        (folder / "index.html").write_text(text, encoding="utf-8")
    rename = Path.rename

    def held(path: Path, target: Path) -> Path:
        if path == coming:
            raise PermissionError(13, "đang mở")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(OperatorError, match="trang cũ còn nguyên"):
        _swap(coming, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "cũ"
