"""The live preview: what an edit shows, in which order, and what one that fails or is overtaken leaves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from preview_pages import lesson_of, seen

from taphuan.errors import OperatorError
from taphuan.plugin.mkdocs_build import MkDocsSite
from taphuan.plugin.preview import TO_INDEX, TO_OPEN, _brought_up
from taphuan.programme import urls
from taphuan.programme.loader import load

pytestmark = pytest.mark.slow


def test_an_edit_shows_on_its_page_and_renders_no_other(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    home = (preview.folder / "index.html").stat().st_mtime_ns
    source.write_text(source.read_text("utf-8") + "\nCâu mới viết xong.\n", encoding="utf-8")
    assert preview.refresh() == ""
    assert "Câu mới viết xong." in (preview.folder / page).read_text("utf-8")
    assert (preview.folder / "index.html").stat().st_mtime_ns == home


def test_a_lesson_is_shown_before_the_other_pages_that_an_edit_changes(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    reader = preview.change_feed.subscribe()
    text = source.read_text("utf-8")
    source.write_text(text + "\nMột câu nữa để đọc." * 200 + "\n", encoding="utf-8")
    assert preview.refresh() == ""
    events = [reader.get_nowait() for _ in range(reader.qsize())]
    opened_anew = [address for kind, address in events if kind == "reload"]
    assert opened_anew[0] == f"{page.parent.as_posix()}/"
    assert f"{page.parents[1].as_posix()}/" in opened_anew[1:]
    assert urls.HELP not in opened_anew


def test_a_lesson_whose_body_is_written_anew_is_shown_before_anything_else_is_read(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    source.write_text(source.read_text("utf-8") + "\nCâu mới viết xong.\n", encoding="utf-8")
    reader = preview.change_feed.subscribe()
    monkeypatch.setattr("taphuan.plugin.preview.load", lambda *_, **__: pytest.fail("it was shown later"))
    with pytest.raises(pytest.fail.Exception):
        preview.refresh(changed=[source])
    assert "Câu mới viết xong." in (preview.folder / page).read_text("utf-8")
    assert [kind for kind, _ in (reader.get_nowait(), reader.get_nowait())] == ["notes", "reload"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text + "\n!!! flow khong-co\n",
        lambda text: text + "\nGọi [contact:khong-co].\n",
        lambda text: text + "\n<b>chữ đậm</b>\n",
        lambda text: text.replace("title:", "titel:", 1),
        lambda text: text.replace("minutes:", "minutes: 1", 1),
        lambda text: "",
    ],
    ids=["no such flow", "no such contact", "HTML", "no such key", "front matter", "nothing"],
)
def test_a_lesson_is_shown_at_once_only_where_its_body_alone_changed_and_is_right(
    whole: Path, tmp_path: Path, edit: Callable[[str], str]
) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    before = (preview.folder / page).read_text("utf-8")
    source.write_text(edit(source.read_text("utf-8")), encoding="utf-8")
    preview._show_lesson(source)
    assert (preview.folder / page).read_text("utf-8") == before


def test_the_search_index_waits_until_nobody_writes(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    lengthen(lesson_of(whole)[0])
    assert preview.refresh() == ""
    index = sorted((preview.folder / "search").glob("*"))
    preview.write_index(lambda seconds: seconds == TO_INDEX)
    assert preview.is_index_due
    preview.write_index()
    assert not preview.is_index_due
    assert sorted((preview.folder / "search").glob("*")) != index


def lengthen(source: Path) -> None:
    text = source.read_text("utf-8")
    source.write_text(text + "\nMột câu nữa để đọc." * 200 + "\n", encoding="utf-8")


def test_an_edit_that_is_overtaken_shows_its_lesson_and_leaves_the_rest_to_the_next(
    whole: Path, tmp_path: Path
) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    course = preview.folder / page.parents[1] / "index.html"
    before, waited = course.read_text("utf-8"), []

    def is_overtaken(seconds: float) -> bool:
        waited.append(seconds)
        return True

    lengthen(source)
    assert _brought_up(preview, whole=False, is_overtaken=is_overtaken).startswith("Đã cập nhật bài học;")
    assert "Một câu nữa" in (preview.folder / page).read_text("utf-8")
    preview.write_index()
    texts = (preview.folder / "search").glob("*/page-*.json")
    assert any("Một câu nữa" in text.read_text("utf-8") for text in texts)
    assert course.read_text("utf-8") == before
    assert preview.refresh(is_overtaken=is_overtaken) == ""
    assert course.read_text("utf-8") != before
    assert waited[:2] == [TO_OPEN, 0]


def test_a_lesson_is_given_time_to_open_once_and_nothing_else_is(whole: Path, tmp_path: Path) -> None:
    preview, waited = seen(whole, tmp_path), []

    def is_overtaken(seconds: float) -> bool:
        waited.append(seconds)
        return False

    assert preview.refresh(is_overtaken=is_overtaken) == ""
    assert set(waited) == {0}
    waited.clear()
    lengthen(lesson_of(whole)[0])
    assert preview.refresh(is_overtaken=is_overtaken) == ""
    assert waited[0] == TO_OPEN
    assert set(waited[1:]) == {0}


def test_a_style_that_changes_while_the_content_has_an_error_shows_once_that_is_mended(
    whole: Path, tmp_path: Path
) -> None:
    preview = seen(whole, tmp_path)
    source, _ = lesson_of(whole)
    text, style = source.read_text("utf-8"), whole / "overrides/assets/stylesheets/lesson.css"
    source.write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
    style.write_text(style.read_text("utf-8") + "\n.moi { color: inherit; }\n", encoding="utf-8")
    assert "unknown-key" in preview.refresh(whole=True)
    source.write_text(text, encoding="utf-8")
    assert preview.refresh() == ""
    styles = (preview.folder / "assets").rglob("*.css")
    assert any(".moi" in written.read_text("utf-8") for written in styles)


def test_a_build_that_failed_is_made_again_by_the_next_edit(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = seen(whole, tmp_path)

    def fail(site: MkDocsSite, *_: object, **__: object) -> int:
        shutil.rmtree(site.folder)
        raise OperatorError("đĩa đầy", fix="xóa bớt")

    with monkeypatch.context() as patched:
        patched.setattr(MkDocsSite, "build", fail)
        assert "đĩa đầy" in preview.refresh(whole=True)
    assert preview.refresh() == ""
    assert (preview.folder / "index.html").is_file()


def test_the_way_to_the_next_lesson_has_its_minutes_anew_when_a_question_of_it_grows(
    whole: Path, tmp_path: Path
) -> None:
    preview = seen(whole, tmp_path)
    programme = load(whole).programme
    assert programme
    course = next(course for course in programme.courses.values() if len(programme.lessons_of(course)) > 1)
    first, after, *_ = (lesson for lesson in programme.lessons_of(course))
    page = preview.folder / urls.lesson(first.id) / "index.html"
    way = re.compile(r'rel="next".*?</a>', re.DOTALL)
    before = way.findall(page.read_text("utf-8"))
    bank, question = programme.questions[next(id for id in after.self_check if id not in first.self_check)]
    file = whole / bank.source
    text = file.read_text("utf-8")
    assert question.stem in text
    file.write_text(text.replace(question.stem, question.stem + " và thêm nữa" * 300, 1), encoding="utf-8")
    preview.refresh()
    now = way.findall(page.read_text("utf-8"))
    assert len(now) == len(before) >= 1
    assert now != before


def test_the_foot_of_every_page_names_a_written_page_anew(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    written = next((whole / "content/pages").rglob("*.md"))
    old = next(line for line in written.read_text("utf-8").splitlines() if line.startswith("title:"))
    text = written.read_text("utf-8").replace(old, "title: Trang tên khác", 1)
    written.write_text(text, encoding="utf-8")
    assert preview.refresh() == ""
    assert "Trang tên khác" in (preview.folder / lesson_of(whole)[1]).read_text("utf-8")


def test_an_image_that_is_drawn_anew_or_added_shows(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    drawing, added = whole / "content/pictures/giot-nuoc.svg", whole / "content/pictures/anh.png"
    shown = preview.folder / "hinh/pictures"
    drawing.write_text(drawing.read_text("utf-8").replace("M12 3c4", "M11 3c4"), encoding="utf-8")
    reader = preview.change_feed.subscribe()
    assert preview.refresh() == ""
    assert "M11 3c4" in (shown / "giot-nuoc.svg").read_text("utf-8")
    assert ("reload", None) in [reader.get_nowait() for _ in range(reader.qsize())]
    for colour in ("red", "green"):
        Image.new("RGB", (20, 20), colour).save(added)
        assert preview.refresh() == ""
        assert (shown / "anh.png").read_bytes() == added.read_bytes()


def test_a_new_title_shows_on_every_page_that_lists_it(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    text = source.read_text("utf-8")
    old = next(line for line in text.splitlines() if line.startswith("title:"))
    source.write_text(text.replace(old, "title: Tên hoàn toàn mới", 1), encoding="utf-8")
    preview.refresh()
    course = preview.folder / page.parents[1] / "index.html"
    assert "Tên hoàn toàn mới" in course.read_text("utf-8")


def test_findings_are_told_and_the_last_good_site_stays(whole: Path, tmp_path: Path) -> None:
    preview = seen(whole, tmp_path)
    source, page = lesson_of(whole)
    before = (preview.folder / page).read_text("utf-8")
    text = source.read_text("utf-8")
    reader = preview.change_feed.subscribe()
    source.write_text(text.replace("title:", "titel:", 1), encoding="utf-8")
    assert "unknown-key" in preview.refresh()
    assert [reader.get_nowait()[0], reader.get_nowait()[0]] == ["notes", "findings"]
    assert (preview.folder / page).read_text("utf-8") == before
    source.write_text(text, encoding="utf-8")
    assert preview.refresh() == ""
    assert reader.get_nowait() == ("notes", ())
