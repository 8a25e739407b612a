"""A folder becomes one programme, whatever state its files are in."""

from __future__ import annotations

import copy
import os
import unicodedata
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
import yaml
from broken_samples import (
    AUDIENCES,
    BANK,
    CAMPAIGN,
    CHARTER,
    COURSE,
    LAW,
    LESSON,
    PAGE,
    PICTURES,
    SECOND,
    TESTS,
    UNITS,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from programmes import Edit, FindingsOf
from pydantic import ValidationError

from taphuan.errors import NotAProgramme
from taphuan.programme.loader import LoadResult, load
from taphuan.programme.loader.programme_folder import Memo
from taphuan.programme.model.programme import Programme


@pytest.fixture
def programme(good: Path) -> Programme:
    found = load(good).programme
    assert found
    return found


def rewrite(root: Path, change: object) -> None:
    """Every file of text as `change` makes it, from bytes to bytes."""
    for path in root.rglob("*"):
        if path.is_file():
            path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]


def codes(loading: LoadResult) -> list[str]:
    return [found.code for found in loading.findings]


# --- what is read ------------------------------------------------------------------------------


def test_the_good_sample_is_read_as_one_value(programme: Programme) -> None:
    assert programme.charter.short_title == "Nước sạch tỉnh Mẫu"
    assert list(programme.units.communes) == ["00101", "00102"]
    assert list(programme.lessons) == ["nuoc-sach/bao-nuoc-ban", "nuoc-sach/giu-nguon-nuoc"]
    assert [question.kind for question in programme.banks["nuoc-sach-tu-kiem-tra"].questions.values()] == [
        "single-choice",
        "multiple-choice",
        "true-false",
        "matching",
        "ordering",
    ]
    assert [material.kind for material in programme.campaigns["giu-giot-nuoc"].materials.values()] == [
        "leaflet",
        "poster",
    ]
    assert (programme.drawing("giot-nuoc") or "").startswith("<svg ")
    assert [page.source for page in programme.pages] == [PAGE]


def test_a_lesson_knows_its_name_its_home_and_where_its_body_begins(programme: Programme) -> None:
    lesson = programme.lessons["nuoc-sach/bao-nuoc-ban"]
    assert (lesson.id, lesson.home, lesson.name) == ("nuoc-sach/bao-nuoc-ban", "nuoc-sach", "bao-nuoc-ban")
    assert lesson.source == SECOND
    assert lesson.body.startswith("Nước có mùi lạ")
    assert lesson.body_line == 11


def test_a_course_lists_its_lessons_in_its_own_order(programme: Programme) -> None:
    course = programme.courses["nuoc-sach"]
    assert [lesson.name for lesson in programme.lessons_of(course)] == ["giu-nguon-nuoc", "bao-nuoc-ban"]
    assert programme.taught_minutes(course) == 30
    assert programme.courses_with(programme.lessons["nuoc-sach/bao-nuoc-ban"]) == (course,)


def test_a_class_lasts_as_long_as_all_lessons_or_as_its_course_says(good: Path, edit: Edit) -> None:
    for said, minutes in (("", 30), ("class_minutes: 25\n", 25)):
        if said:
            edit(good, COURSE, "review: {status: draft}", f"{said}review: {{status: draft}}")
        programme = load(good).programme
        assert programme is not None
        assert programme.class_minutes(programme.courses["nuoc-sach"]) == minutes


def test_a_lesson_may_stand_in_the_course_of_another(good: Path) -> None:
    other = (good / COURSE).read_text(encoding="utf-8").replace("id: nuoc-sach\n", "id: khac\n")
    other = other.replace("[giu-nguon-nuoc, bao-nuoc-ban]", "[nuoc-sach/bao-nuoc-ban]")
    (good / "curricula/khac.yml").write_text(other, encoding="utf-8")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    shared = loading.programme.lessons["nuoc-sach/bao-nuoc-ban"]
    assert [course.id for course in loading.programme.courses_with(shared)] == ["khac", "nuoc-sach"]


def test_courses_stand_in_the_order_of_their_audiences_doors(good: Path) -> None:
    """One whose audience has no door comes last, whatever its file is called."""
    other = (good / COURSE).read_text(encoding="utf-8").replace("id: nuoc-sach\n", "id: a-khac\n")
    other = other.replace("audience: can-bo-xa", "audience: nguoi-dan")
    other = other.replace("[giu-nguon-nuoc, bao-nuoc-ban]", "[nuoc-sach/bao-nuoc-ban]")
    (good / "curricula/a-khac.yml").write_text(other, encoding="utf-8")
    programme = load(good).programme
    assert programme is not None
    assert programme.audiences["nguoi-dan"].home_position is None
    assert list(programme.courses) == ["nuoc-sach", "a-khac"]


def test_every_question_is_known_with_its_bank(programme: Programme) -> None:
    bank, question = programme.questions["kt-goi-ai"]
    assert (bank.id, bank.use, question.stem) == ("nuoc-sach-kiem-tra", "test", "Ống nước vỡ thì gọi ai?")


def test_the_plan_has_the_points_that_a_citation_may_name(programme: Programme) -> None:
    assert {"I.2.a", "I.3.b", "II.1", "II.1.1", "II.1.1.đ", "IV.1", "IV.1.a"} <= programme.plan_points
    assert "II.1.1.d" not in programme.plan_points


def test_a_quoted_and_an_unquoted_code_of_a_commune_keep_their_zeros(good: Path, edit: Edit) -> None:
    edit(good, UNITS, '"00102"', "00102")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert list(loading.programme.units.communes) == ["00101", "00102"]


def test_a_day_may_be_written_both_ways_and_a_text_stands_where_no_day_is_known(
    good: Path, edit: Edit
) -> None:
    edit(good, LAW, "issued: 01/05/2025", "issued: chưa rõ ngày")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    documents = loading.programme.register.documents
    assert documents["nd-moi"].issued == "chưa rõ ngày"
    assert f"{documents['nd-cu'].issued:%Y-%m-%d}" == "2020-02-01"


# --- what never changes ------------------------------------------------------------------------


def test_a_programme_is_frozen_to_the_bottom(programme: Programme) -> None:
    with pytest.raises(FrozenInstanceError):
        programme.root = Path()  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        programme.charter.plan.tasks[0].title = "khác"  # type: ignore[misc]
    points = programme.charter.plan.tasks[0].parts[0].points
    for change in (
        lambda: points.update(a="khác"),  # type: ignore[attr-defined]
        lambda: points.__setitem__("a", "khác"),  # type: ignore[attr-defined]
        lambda: points.pop("a"),  # type: ignore[attr-defined]
        lambda: programme.lessons.clear(),  # type: ignore[attr-defined]
    ):
        with pytest.raises(TypeError, match="never changes"):
            change()


def test_a_value_can_be_hashed_and_two_readings_are_equal(good: Path) -> None:
    first, second = load(good).programme, load(good).programme
    assert first
    assert second
    assert hash(first.banks["nuoc-sach-kiem-tra"]) == hash(second.banks["nuoc-sach-kiem-tra"])
    assert first == second


# --- files as they come ------------------------------------------------------------------------


def test_a_byte_order_mark_and_windows_line_ends_are_nobodys_mistake(good: Path) -> None:
    before = load(good).programme
    rewrite(good, lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme == before


def test_old_mac_line_ends_are_line_ends(good: Path) -> None:
    before = load(good).programme
    rewrite(good, lambda raw: raw.replace(b"\n", b"\r"))
    assert load(good).programme == before


def test_letters_typed_apart_from_their_marks_are_put_together_with_one_warning_a_file(good: Path) -> None:
    before = load(good).programme
    rewrite(good, lambda raw: unicodedata.normalize("NFD", raw.decode()).encode())
    loading = load(good)
    assert loading.programme == before
    assert set(codes(loading)) == {"not-nfc"}
    files = [found.file for found in loading.findings]
    assert len(files) == len(set(files)) == 15
    assert not loading.has_errors


def test_the_place_of_a_finding_is_the_same_whatever_the_line_ends(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, LESSON, "ai cũng giữ [@nd-moi:3]", "ai cũng giữ [@nd-mi:3]")
    before = findings_of(good)
    rewrite(good, lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert findings_of(good) == before


@pytest.mark.parametrize(("file", "wanted"), [(CAMPAIGN, "các từ khóa"), (AUDIENCES, "các từ khóa")])
@pytest.mark.parametrize("written", ["- một\n- hai\n", "chỉ là chữ\n"])
def test_a_file_that_is_not_made_of_keys_is_said_to_be_so(
    good: Path, file: str, wanted: str, written: str, findings_of: FindingsOf
) -> None:
    (good / file).write_text(written, encoding="utf-8")
    (found,) = findings_of(good)
    assert (found.code, found.file, found.line) == ("keys-wanted", file, 1)
    assert found.message.startswith(f"“tệp này” cần là {wanted}, ")


@pytest.mark.parametrize("front", ["---\n---\n", "---\n# sẽ viết sau\n---\n", "---\n\n---\n"])
def test_front_matter_without_a_key_is_not_taken_for_a_page_that_is_not_there(
    good: Path, front: str, findings_of: FindingsOf
) -> None:
    (good / SECOND).write_text(f"{front}Nội dung.\n", encoding="utf-8")
    (found,) = findings_of(good)
    assert (found.code, found.file) == ("no-front-matter", SECOND)


def test_a_rule_of_dashes_in_a_text_does_not_end_the_front_matter(good: Path, edit: Edit) -> None:
    edit(good, LESSON, "  Hỏi học viên trước khi mở hình.", "  Hỏi trước.\n  ---\n  Rồi mở hình.")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert "---" in (loading.programme.lessons["nuoc-sach/giu-nguon-nuoc"].trainer_notes or "")


def test_a_key_named_as_a_choice_of_a_union_confuses_nobody(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, BANK, "  thu-tu-bao-tin:\n", "  ordering:\n")
    line, column = edit(good, BANK, "      ngung: {text: Ngừng dùng nước,", "      «ngung: {")
    edit(good, SECOND, "thu-tu-bao-tin]", "ordering]")
    (found,) = findings_of(good)
    assert (found.code, found.line, found.column) == ("missing-key", line, column)


# --- which files -------------------------------------------------------------------------------


def test_a_folder_without_a_programme_is_told_to_the_one_who_called(tmp_path: Path) -> None:
    with pytest.raises(NotAProgramme) as refused:
        load(tmp_path)
    assert str(tmp_path) in refused.value.message
    assert "--root" in refused.value.fix
    assert refused.value.exit_status == 2


def test_a_folder_that_is_not_there_is_no_programme(tmp_path: Path) -> None:
    with pytest.raises(NotAProgramme):
        load(tmp_path / "khong-co")


def test_every_file_of_the_programme_that_is_missing_is_named(good: Path) -> None:
    for path in (good / "content/programme").glob("*.yml"):
        if path.name != "programme.yml":
            path.unlink()
    loading = load(good)
    assert loading.programme is None
    assert codes(loading) == ["missing-file"] * 5
    assert loading.has_errors


def test_a_programme_of_its_core_files_alone_is_a_programme(good: Path) -> None:
    for folder in ("curricula", "content/lessons", "content/questions", "content/campaigns", "content/pages"):
        for path in sorted((good / folder).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        (good / folder).rmdir()
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert not loading.programme.courses


@pytest.mark.parametrize("core", [CHARTER, UNITS, LAW])
def test_a_programme_whose_core_holds_comments_alone_is_not_said_to_be_sound(good: Path, core: str) -> None:
    (good / core).write_text("# còn trống\n", encoding="utf-8")
    loading = load(good)
    assert (loading.programme, codes(loading), loading.has_errors) == (None, ["empty-file"], True)


def test_what_editors_and_usb_sticks_leave_behind_is_not_content(good: Path) -> None:
    for name in ("curricula/._nuoc-sach.yml", "content/lessons/nuoc-sach/.#bai.md", "content/pages/.nhap.md"):
        (good / name).write_bytes(b"\0\5\x16\7")
    assert codes(load(good)) == []


def test_a_file_named_yaml_is_read_as_one_named_yml(good: Path) -> None:
    (good / CAMPAIGN).rename((good / CAMPAIGN).with_suffix(".yaml"))
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert list(loading.programme.campaigns) == ["giu-giot-nuoc"]


def test_two_files_with_one_id_are_told_of_each_other(good: Path, findings_of: FindingsOf) -> None:
    copy = "content/campaigns/lan-hai.yml"
    (good / copy).write_bytes((good / CAMPAIGN).read_bytes())
    (found,) = findings_of(good)
    assert (found.code, found.file, found.line, found.column) == ("duplicate-id", copy, 1, 5)
    assert CAMPAIGN in found.message


def test_banks_of_tests_may_lie_outside_of_the_repository(good: Path, tmp_path: Path, edit: Edit) -> None:
    apart = tmp_path / "ngan-hang"
    apart.mkdir()
    (good / TESTS).rename(apart / "kiem-tra.yml")
    assert codes(load(good)) == ["unknown-bank", "unknown-bank"]
    assert codes(load(good, banks=apart)) == []
    edit(apart, "kiem-tra.yml", "correct: true}\n      thap", "correct: yes}\n      thap")
    (found,) = load(good, banks=apart).findings
    assert (found.code, found.file) == ("not-a-flag", "../ngan-hang/kiem-tra.yml")


def test_a_folder_of_banks_that_is_not_there_leaves_its_banks_unknown(good: Path, tmp_path: Path) -> None:
    (good / TESTS).unlink()
    assert codes(load(good, banks=tmp_path / "khong-co")) == ["unknown-bank", "unknown-bank"]


# --- pictures ----------------------------------------------------------------------------------

EMPTY = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_drawing_in_the_bytes_of_another_alphabet_is_a_finding(good: Path, findings_of: FindingsOf) -> None:
    (good / "content/pictures/giot-nuoc.svg").write_bytes(b"<svg>\xff</svg>")
    (found,) = findings_of(good)
    assert (found.code, found.file) == ("not-utf-8", "content/pictures/giot-nuoc.svg")


@pytest.mark.parametrize(
    "file",
    ["../programme/x.svg", "/etc/x.svg", "pictures.yml", "x" * 5_000 + ".svg", "..", "a/../giot-nuoc.svg"],
)
def test_a_drawing_is_an_svg_file_among_the_pictures_and_nothing_else(
    good: Path, edit: Edit, findings_of: FindingsOf, file: str
) -> None:
    (good / "content/programme/x.svg").write_text(EMPTY)
    edit(good, PICTURES, "file: giot-nuoc.svg", f"file: «{file}")
    (found,) = findings_of(good)
    assert (found.code, found.file, found.line, found.column) == ("missing-drawing", PICTURES, 1, 19)


def test_a_drawing_may_lie_in_a_folder_of_the_pictures(good: Path, edit: Edit) -> None:
    (good / "content/pictures/nho").mkdir()
    (good / "content/pictures/nho/giot.svg").write_text(EMPTY)
    edit(good, PICTURES, "file: giot-nuoc.svg", "file: nho/giot.svg")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert loading.programme.drawing("giot-nuoc") == EMPTY


# --- reading again -----------------------------------------------------------------------------


def test_what_has_not_changed_is_not_read_again(good: Path) -> None:
    memo = Memo()
    first, second = load(good, memo=memo).programme, load(good, memo=memo).programme
    assert first
    assert second
    assert second.charter is first.charter
    assert second.lessons["nuoc-sach/bao-nuoc-ban"] is first.lessons["nuoc-sach/bao-nuoc-ban"]


def test_what_has_changed_is_read_again_and_what_is_gone_is_gone(good: Path, edit: Edit) -> None:
    memo = Memo()
    load(good, memo=memo)
    edit(good, SECOND, "minutes: 10", "minutes: 15")
    os.utime(good / SECOND, ns=(1, 1))
    (good / PAGE).unlink()
    second = load(good, memo=memo).programme
    assert second
    assert second.lessons["nuoc-sach/bao-nuoc-ban"].minutes == 15
    assert second.pages == ()


def test_findings_of_a_file_are_remembered_with_it(good: Path, edit: Edit) -> None:
    memo = Memo()
    edit(good, SECOND, "minutes: 10", "minutes: mười")
    assert codes(load(good, memo=memo)) == codes(load(good, memo=memo)) == ["not-a-number"]
    edit(good, SECOND, "minutes: mười", "minutes: 10")
    assert codes(load(good, memo=memo)) == []


# --- whatever a file may hold ------------------------------------------------------------------

FILES = (CHARTER, UNITS, AUDIENCES, LAW, COURSE, LESSON, BANK, CAMPAIGN, PICTURES, PAGE)
NASTY = (
    "\0", "\ufeff", "\t", "---\n", "&x ", "*x", "!!int ", "{{", "<b", "[@", "]", "](", "[", "{", "}",
    ": ", "\n", "\n  - ", "'", '"', "`", "```\n", "|", ">-", "#", "% ", "~", "null", "given: x\n",
    "<!--", "taphuan:", "\u2028", "İ", "ß", "e\u0301", "https://[", "99999999999", "%s", "{x}", "\\",
    "💧", "=====", "[a]: b\n", "\u202e",
)  # fmt: skip


def assert_sound(loading: LoadResult) -> None:
    assert loading.programme is not None or loading.has_errors
    for found in loading.findings:
        assert found.line >= 1
        assert found.column >= 1
        assert found.message
        assert found.fix
    assert list(loading.findings) == sorted(loading.findings, key=lambda found: found.order)


@settings(
    derandomize=True,
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    file=st.sampled_from(FILES),
    start=st.floats(0, 1),
    length=st.integers(0, 40),
    put=st.lists(st.sampled_from(NASTY), max_size=3).map("".join) | st.text(max_size=20),
)
def test_no_slip_of_the_hand_makes_loading_fail(
    good: Path, file: str, start: float, length: int, put: str
) -> None:
    path = good / file
    before = path.read_bytes()
    text = before.decode()
    at = int(start * len(text))
    path.write_bytes((text[:at] + put + text[at + length :]).encode("utf-8", "replace"))
    try:
        assert_sound(load(good))
    finally:
        path.write_bytes(before)


@settings(
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(file=st.sampled_from(FILES), raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_whatever_it_holds_makes_loading_fail(good: Path, file: str, raw: bytes) -> None:
    path = good / file
    before = path.read_bytes()
    path.write_bytes(raw)
    try:
        assert_sound(load(good))
    finally:
        path.write_bytes(before)


def paths(value: object, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Of everything inside a value, the way that leads to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [above, *(found for key, item in inner for found in paths(item, (*above, key)))]


def put(value: Any, path: tuple[str | int, ...], other: object) -> Any:
    for part in path[:-1]:
        value = value[part]
    if isinstance(other, str) and other.startswith("key:") and isinstance(value, dict):
        value[other] = value.pop(path[-1])
    else:
        value[path[-1]] = other


@settings(
    derandomize=True,
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    file=st.sampled_from([file for file in FILES if file.endswith(".yml")]),
    where=st.floats(0, 0.999),
    other=st.sampled_from(
        [
            "",
            "x",
            "true",
            "key: x",
            [],
            ["x"],
            [[[]]],
            {},
            {"a": "b"},
            {"kind": "poster"},
            {"kind": ["x"]},
            [{}],
        ]
    ),
)
def test_a_value_of_another_shape_is_a_finding_wherever_it_stands(
    good: Path, file: str, where: float, other: object
) -> None:
    path = good / file
    before = path.read_bytes()
    value = yaml.load(before, yaml.CBaseLoader)
    ways = [way for way in paths(value) if way]
    put(value, ways[int(where * len(ways))], copy.deepcopy(other))
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        assert_sound(load(good))
    finally:
        path.write_bytes(before)


# --- open questions -----------------------------------------------------------------------------


def test_a_question_is_open_until_a_paper_with_a_number_answers_it(good: Path) -> None:
    programme = load(good).programme
    assert programme
    assert {id: one.is_open for id, one in programme.decisions.items()} == {
        "gieng-nao-duoc-dem": True,
        "thuong-xuyen": False,
    }
    assert programme.deciders(*programme.decisions.values()) == ("Sở Mẫu",)


def test_a_programme_without_the_file_has_no_open_question(good: Path, edit: Edit) -> None:
    (good / "content/programme/decisions.yml").unlink()
    edit(good, CHARTER, ", assumes: [thuong-xuyen]", "")
    loading = load(good)
    assert loading.programme
    assert (dict(loading.programme.decisions), codes(loading)) == ({}, [])


def test_what_rests_on_questions_that_could_not_be_read_is_not_missed_too(good: Path) -> None:
    (good / "content/programme/decisions.yml").write_text("a: [", encoding="utf-8")
    assert set(codes(load(good))) & {"unknown-decision", "missing-file"} == set()
