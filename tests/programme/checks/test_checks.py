"""Each thing an author can get wrong is found once, where it is, with what to do about it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from broken_samples import (
    BANK,
    CAMPAIGN,
    CARD,
    CONTACTS,
    COURSE,
    FILE_FAULTS,
    FORM,
    LESSON,
    PAGE,
    PLAN,
    SECOND,
    TERMS,
    TESTS,
    TEXT_FAULTS,
    FileFault,
    TextFault,
)
from programmes import REPOSITORY, Edit, FindingsOf

from taphuan.programme.loader import load
from taphuan.programme.loader.findings import message_catalogue
from taphuan.programme.loader.memo import Memo
from taphuan.programme.model.pointer import KINDS
from taphuan.programme.problems import Place, Problem

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
#: Found by a later step than loading, or never alone, and tested there.
LATER = frozenset(
    {
        *("panel-overflow", "side-overflow", "card-overflow", "form-too-long", "job-aid-overflow"),
        *("agency-overflow", "look-up-overflow", "sheet-overflow"),
        *("bank-left-too-small", "names-without-law"),
        # A quarter of an hour of talk: `test_class_clock.py` writes it.
        "long-input",
        # A core takes hours of lessons, which the sample has not: `test_course_core.py` adds them.
        *("core-missing", "core-length", "core-and-minutes", "core-for-nobody"),
        *("paths-without-core", "path-adds-nothing", "unknown-module", "unknown-lesson"),
    }
)
#: Asked for before a programme goes public; tested below.
FOR_REVIEW = frozenset({"not-approved", "approval-over", "contact-not-ready", "unfinished-text"})


def test_the_good_sample_has_nothing_to_put_right(good: Path, findings_of: FindingsOf) -> None:
    assert findings_of(good) == []


@pytest.mark.parametrize("broken", TEXT_FAULTS, ids=lambda broken: broken.when)
def test_it_is_found_where_it_is_when(
    broken: TextFault, good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    line, column = edit(good, broken.file, broken.old, broken.new)
    file = broken.file
    if broken.seen:
        file, (line, column) = broken.seen[0], _position(good / broken.seen[0], broken.seen[1])
    (finding,) = findings_of(good)
    assert (finding.code, finding.file, finding.line, finding.column) == (broken.code, file, line, column)
    assert broken.says in finding.message
    assert broken.fix in finding.fix
    assert finding.excerpt == (good / file).read_text(encoding="utf-8").split("\n")[line - 1]


@pytest.mark.parametrize("made", FILE_FAULTS, ids=lambda made: made.when)
def test_it_is_found_when(made: FileFault, good: Path, findings_of: FindingsOf) -> None:
    made.make(good)
    (finding,) = findings_of(good)
    assert (finding.code, finding.file, (finding.line, finding.column)) == (made.code, made.file, made.at)
    assert made.says in finding.message
    assert made.fix in finding.fix


def _position(path: Path, marked: str) -> tuple[int, int]:
    text, before = path.read_text(encoding="utf-8"), marked.index("«")
    assert text.count(marked.replace("«", "")) == 1
    reached = text[: text.index(marked.replace("«", "")) + before]
    return reached.count("\n") + 1, len(reached) - reached.rfind("\n")


def test_an_alias_says_nothing_else_of_its_file(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    """What it stood for is not read, so what would be said of it would be untrue."""
    edit(good, CAMPAIGN, "title: Giữ từng giọt nước\n", "title: &ten Giữ từng giọt nước\n")
    edit(good, CAMPAIGN, "summary: Giúp mỗi nhà giữ nước sạch.", "summary: *ten\n<<: *ten")
    assert [finding.code for finding in findings_of(good)] == ["yaml-anchor"] * 3


def test_everything_wrong_is_told_at_once_in_the_order_of_files_and_lines(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, CAMPAIGN, "summary: Giúp mỗi nhà giữ nước sạch.\n", "")
    edit(good, CAMPAIGN, "message: Thấy nước đục, bạn ngừng dùng và gọi ngay.\n", "")
    edit(good, LESSON, "ai cũng giữ [@nd-moi:3]", "ai cũng giữ [@nd-mi:3] [@nd-mi:3]")
    edit(good, LESSON, "minutes: 20", "minutes: 9")
    places = [(finding.code, finding.file, finding.line, finding.column) for finding in findings_of(good)]
    assert places == [
        ("missing-key", CAMPAIGN, 1, 1),
        ("missing-key", CAMPAIGN, 1, 1),
        ("activities-too-long", LESSON, 4, 10),
        ("unknown-reference", LESSON, 19, 52),
        ("unknown-reference", LESSON, 19, 63),
    ]


def test_what_could_not_be_read_is_not_missed_elsewhere_too(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    """A lesson that cannot be read is one finding, not also a gap in its course and a dead link."""
    edit(good, SECOND, "minutes: 10", "minutes: mười")
    assert [finding.code for finding in findings_of(good)] == ["not-a-number"]


def test_the_same_phrase_twice_is_pointed_at_in_both_places(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, CAMPAIGN, "summary: Giúp mỗi nhà", "summary: “Kẻ dùng nước” và kẻ dùng nước, con buôn nước.")
    edit(good, LESSON, "Nước từ khe", "“Kẻ dùng nước” và kẻ dùng nước, kẻ dùng nước. Nước từ khe")
    places = [(finding.file, finding.column) for finding in findings_of(good)]
    assert places == [(CAMPAIGN, 28), (CAMPAIGN, 42), (LESSON, 19), (LESSON, 33)]


def test_a_phrase_in_a_folded_text_is_found_on_its_own_line(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    _, column = edit(
        good,
        CAMPAIGN,
        "summary: Giúp mỗi nhà giữ nước sạch.",
        "summary: >-\n  Giúp mỗi nhà.\n  Đừng gọi ai là «kẻ dùng nước.",
    )
    (finding,) = findings_of(good)
    assert (finding.line, finding.column, finding.width) == (7, column, len("kẻ dùng nước"))


def test_what_needs_approval_is_asked_for_only_before_going_public(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, "review: {status: draft}", REVIEW_OVER)
    assert load(good).findings == ()
    places = [
        (finding.code, finding.file, finding.line) for finding in load(good, require_review=True).findings
    ]
    assert places == [
        ("approval-over", CAMPAIGN, 17),
        ("not-approved", FORM, 30),
        ("not-approved", PLAN, 52),
        ("not-approved", SECOND, 9),
        ("not-approved", LESSON, 17),
        ("not-approved", PAGE, 2),
        ("not-approved", CARD, 14),
        ("contact-not-ready", CONTACTS, 22),
        ("not-approved", COURSE, 20),
    ]


def test_words_of_a_pattern_may_be_seen_but_not_go_public(good: Path, edit: Edit) -> None:
    edit(good, PAGE, "title: Giới thiệu", "title: ‹Tên trang›")
    assert [finding.is_error for finding in load(good).findings] == [False]
    (finding,) = [
        finding for finding in load(good, require_review=True).findings if finding.code == "unfinished-text"
    ]
    assert (finding.file, finding.line, finding.is_error) == (PAGE, 2, True)


REVIEW_OVER = (
    "review: {status: approved, by: Sở Mẫu, decision: 1/QĐ, approved: 01/12/2025, valid_until: 01/01/2026}"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Gọi ai?, contacts: [to-cap-nuoc]", "contacts: [«so-chua-goi-thu]"),
        ("  - Nước đục có thể gây bệnh.", "  - Nước đục thì hỏi «[contact:so-chua-goi-thu]."),
    ],
)
def test_no_campaign_names_a_contact_that_nobody_has_called_not_even_a_draft(
    old: str, new: str, good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    """Whoever holds a leaflet may be in distress, and no number may fail them."""
    line, column = edit(good, CAMPAIGN, old, new)
    (finding,) = findings_of(good)
    assert (finding.code, finding.line, finding.column) == ("contact-not-ready", line, column)
    assert "Gọi thử trước khi in" in finding.message


def test_a_general_stem_may_be_asked_of_other_things(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, BANK, "stem: Xếp các bước theo thứ tự.", "stem: Nối mỗi việc với người làm.")
    assert findings_of(good) == []


@pytest.mark.parametrize(("file", "review"), [(LESSON, LESSON), (TESTS, COURSE)])
def test_an_approved_text_names_no_contact_that_nobody_has_called(
    file: str, review: str, good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    old, new = WITH_CONTACT[file]
    line, column = edit(good, file, old, new)
    assert findings_of(good) == []
    approved = "review: {status: approved, by: Sở Mẫu, decision: 1/QĐ, approved: 01/12/2025}"
    edit(good, review, "review: {status: draft}", approved)
    (finding,) = findings_of(good)
    assert (finding.code, finding.file, finding.line, finding.column) == (
        "contact-not-ready",
        file,
        line,
        column,
    )


WITH_CONTACT = {
    LESSON: ("[contact:to-cap-nuoc]", "«[contact:so-chua-goi-thu]"),
    TESTS: ("stem: Ống nước vỡ", "stem: Gọi «[contact:so-chua-goi-thu] khi ống vỡ"),
}


@pytest.mark.parametrize(
    ("marked", "other"), [("2*3 lít", "23 lít"), ("10² lít", "102 lít"), ("1-2 lít", "12 lít")]
)
def test_a_sign_that_means_something_makes_options_differ(
    good: Path, edit: Edit, findings_of: FindingsOf, marked: str, other: str
) -> None:
    edit(good, TESTS, "{text: Tổ cấp nước, correct: true}", f"{{text: {marked}, correct: true}}")
    edit(good, TESTS, "{text: Không cần gọi ai}", f"{{text: {other}}}")
    assert findings_of(good) == []


def test_a_later_step_words_what_it_finds_with_its_place(good: Path) -> None:
    place = Place(file=CAMPAIGN, path=("materials", "to-gap", "panels", "flap", "text"))
    values = {"campaign": "giu-giot-nuoc", "panel": "flap", "lines": "2", "field": "text"}
    problem = Problem(code="panel-overflow", place=place, values=values)
    (finding,) = load(good).worded([problem])
    assert (finding.line, finding.column) == (24, 36)
    assert "thừa khoảng 2 dòng" in finding.message


# --- checked again -----------------------------------------------------------------------------


def test_what_is_found_is_found_again_until_it_is_mended(good: Path, edit: Edit) -> None:
    memo = Memo()
    assert load(good, memo=memo).findings == ()
    edit(good, LESSON, "Nước từ khe", "Hãy gọi 0912 345 678. Nước từ khe")
    for _ in range(2):
        assert [finding.code for finding in load(good, memo=memo).findings] == ["typed-number"]
    edit(good, LESSON, "Hãy gọi 0912 345 678. ", "")
    assert load(good, memo=memo).findings == ()


def test_a_file_that_has_not_changed_is_held_against_terms_that_have(good: Path, edit: Edit) -> None:
    memo = Memo()
    assert load(good, memo=memo).findings == ()
    edit(good, TERMS, "avoid: [", "avoid: [nước từ khe, ")
    assert {
        finding.file for finding in load(good, memo=memo).findings if finding.code == "avoided-phrase"
    } == {LESSON}


# --- the catalogue ---------------------------------------------------------------------------


def test_every_code_of_the_catalogue_is_tested() -> None:
    tested = (
        {broken.code for broken in TEXT_FAULTS} | {made.code for made in FILE_FAULTS} | LATER | FOR_REVIEW
    )
    assert tested == set(message_catalogue())


def test_every_code_raised_is_in_the_catalogue_and_the_other_way_round() -> None:
    assert set(_raised()) == set(message_catalogue())


def test_a_message_says_what_is_wrong_and_what_to_do_and_nothing_else() -> None:
    for code, message in message_catalogue().items():
        assert CODE.fullmatch(code)
        assert set(message) - {"otherwise", "severity", "silenceable"} == {"text", "fix"}, code
        assert message.get("severity", "warning") == "warning", code
        assert ("{suggestion}" in message["fix"]) == ("otherwise" in message), code


def test_whoever_silences_what_may_not_be_is_told_all_that_may(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, LESSON, "Nước từ khe", "<!-- taphuan: allow raw-html vì cần -->\nNước từ khe")
    (finding,) = findings_of(good)
    silenceable = [code for code, message in message_catalogue().items() if message.get("silenceable")]
    assert {"avoided-phrase", "long-sentence"} <= set(silenceable)
    assert finding.fix == f"chỉ bỏ qua được một trong: {', '.join(silenceable)}"


def test_where_there_is_nothing_to_suggest_no_further_value_is_wanted() -> None:
    """All else was filled in above; these alone bring a value for it, and are found above too."""
    wanted = {
        code: _wanted(message["otherwise"]) - _wanted(message["text"])
        for code, message in message_catalogue().items()
        if "otherwise" in message
    }
    assert {code for code, names in wanted.items() if names} == {
        "missing-lesson",
        "unknown-value",
        "unknown-silence",
    }


def _wanted(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _raised() -> Iterator[str]:
    """The codes in the source: of problems, of scalars' refusals, and `unknown-…` by what was looked for."""
    source = REPOSITORY / "generator"
    for path in (*(source / "programme").rglob("*.py"), source / "build.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _codes_of(node)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
                yield from _strings(node.value)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                yield from _strings(node.value) & set(message_catalogue())
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                yield from _strings(node.value.elts[0]) & set(message_catalogue())


def _codes_of(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    for keyword in call.keywords:
        if keyword.arg == "code" and not isinstance(keyword.value, ast.JoinedStr):
            yield from _strings(keyword.value)
    if name == "unknown_name" and call.args:
        kind = call.args[0]
        # A pointer is named by its own kind.
        kinds = (kind.value,) if isinstance(kind, ast.Constant) else KINDS.values()
        yield from (f"unknown-{kind}" for kind in kinds)
    if name in {"problem", "_problem", "_report", "retyped"} and call.args:
        yield from _strings(call.args[0])
    if name in {"_pattern", "_headless"} and len(call.args) == 2:
        yield from _strings(call.args[1])


def _strings(node: ast.AST) -> set[str]:
    constants = (node.value for node in ast.walk(node) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str) and CODE.fullmatch(value)}
