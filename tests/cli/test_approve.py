"""An approval is written into the files that were approved, and into nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from programmes import Edit, FindingsOf, change

from taphuan.cli import approve as approve_verb
from taphuan.cli import atomic_files
from taphuan.cli.commands import run
from taphuan.programme.loader import load

COURSE = "curricula/nuoc-sach.yml"
LESSON = "content/lessons/nuoc-sach/giu-nguon-nuoc.md"
SECOND = "content/lessons/nuoc-sach/bao-nuoc-ban.md"
CAMPAIGN = "content/campaigns/giu-giot-nuoc.yml"
PAGE = "content/pages/gioi-thieu.md"
BANK = "content/questions/nuoc-sach-kiem-tra.yml"
SCENARIO = "content/scenarios/nuoc-duc.yml"
FLOW = "content/flows/thay-nuoc-ban.yml"
CONTACTS = "content/programme/contacts.yml"
DRAFT = "review: {status: draft}"
SAID = "review: {status: approved, by: Sở Y tế tỉnh Mẫu, decision: 12/QĐ-SYT, approved: 01/12/2026}"
WORDS = ("--by", "Sở Y tế tỉnh Mẫu", "--decision", "12/QĐ-SYT", "--date", "01/12/2026")


@pytest.fixture(autouse=True)
def _december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approve_verb, "today", lambda: date(2026, 12, 2))


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def approve(root: Path, *arguments: str) -> int:
    return run(["approve", "--root", str(root), *arguments])


# --- what is written --------------------------------------------------------------------------


def test_a_course_is_approved_with_its_own_lessons_and_nothing_else_changes(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(good)
    assert approve(good, "nuoc-sach", *WORDS, "--yes") == 0
    marked = {COURSE, LESSON, SECOND}
    expected = {
        file: raw.replace(DRAFT.encode(), SAID.encode()) if file in marked else raw
        for file, raw in before.items()
    }
    assert contents(good) == expected
    output = capsys.readouterr().out
    assert "Sẽ ghi vào 3 tệp: đã phê duyệt, Sở Y tế tỉnh Mẫu, 12/QĐ-SYT, ngày 01/12/2026\n" in output
    assert f"bài “Giữ nguồn nước”, {LESSON}\n     nay: bản thảo\n" in output
    assert f"2 câu của đề kiểm tra: nuoc-sach-kiem-tra, {BANK}" in output
    assert "5 câu tự kiểm tra: nuoc-sach-tu-kiem-tra, " in output
    assert f"  “Nước đục sau mưa”, {SCENARIO}\n" in output
    assert f"  “Thấy nước bẩn”, {FLOW}\n" in output


def test_a_flow_that_a_draft_shows_too_is_not_approved_with_one_of_its_lessons(
    good: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(good, LESSON, "## Việc của bản", "!!! flow thay-nuoc-ban\n\n## Việc của bản")
    assert approve(good, "nuoc-sach/bao-nuoc-ban", *WORDS, "--yes") == 0
    assert FLOW not in capsys.readouterr().out
    assert approve(good, "nuoc-sach/giu-nguon-nuoc", *WORDS, "--yes") == 0
    assert FLOW in capsys.readouterr().out


def test_a_scenario_of_an_approved_lesson_names_no_contact_that_nobody_has_called(
    good: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(good, SCENARIO, "[contact:to-cap-nuoc]", "[contact:so-chua-goi-thu]")
    before = contents(good)
    assert approve(good, "nuoc-sach/bao-nuoc-ban", *WORDS, "--yes") == 1
    assert f"{SCENARIO}:" in capsys.readouterr().err
    assert contents(good) == before
    assert approve(good, LESSON, *WORDS, "--yes") == 0


def test_several_are_approved_at_once_each_by_its_id_or_its_file(good: Path) -> None:
    ids = ("nuoc-sach/bao-nuoc-ban", "giu-giot-nuoc", "content/pages/gioi-thieu.md")
    assert approve(good, *ids, *WORDS, "--until", "2027-12-01", "--yes") == 0
    programme = load(good).programme
    assert programme
    approved = [text.source for text in programme.reviewed if not text.review.is_draft]
    assert approved == [SECOND, CAMPAIGN, PAGE]
    assert {text.review.valid_until for text in programme.reviewed} == {None, date(2027, 12, 1)}
    assert load(good).findings == ()


def test_the_day_on_which_the_text_was_checked_is_kept_as_it_is(
    good: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(good, SECOND, DRAFT, "review: {status: reviewed, checked: 2026-11-20, by: Bà Hoa}")
    assert approve(good, "nuoc-sach/bao-nuoc-ban", *WORDS, "--yes") == 0
    assert "nay: đã rà soát, Bà Hoa, rà soát 20/11/2026 (ngày rà soát giữ nguyên)" in capsys.readouterr().out
    written = "decision: 12/QĐ-SYT, checked: 20/11/2026, approved: 01/12/2026}\n"
    assert written in (good / SECOND).read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ['Sở "Y tế": Mẫu, #1', "no", "0213", "Ông A\\B", "- Sở", "Sở  Y tế"])
def test_words_that_yaml_would_read_otherwise_are_quoted(good: Path, by: str) -> None:
    arguments = ("--by", by, "--decision", "12: QĐ, b", "--date", "1/12/2026", "--yes")
    assert approve(good, "giu-giot-nuoc", *arguments) == 0
    programme = load(good).programme
    assert programme
    review = programme.campaigns["giu-giot-nuoc"].review
    assert (review.by, review.decision) == (" ".join(by.split()), "12: QĐ, b")


def test_what_nobody_sees_in_pasted_words_is_left_out(good: Path) -> None:
    words = ("--by", "Sở Y tế tỉnh\u200b Mẫu", "--decision", "\u202a12/QĐ-SYT\u202c", *WORDS[4:])
    assert approve(good, "gioi-thieu", *words, "--yes") == 0
    assert SAID in (good / PAGE).read_text(encoding="utf-8")


def test_a_name_typed_in_parts_is_written_whole(good: Path, findings_of: FindingsOf) -> None:
    assert approve(good, "gioi-thieu", "--by", "Sở Y te\u0302\u0301", *WORDS[2:], "--yes") == 0
    assert "by: Sở Y tế," in (good / PAGE).read_text(encoding="utf-8")
    assert findings_of(good) == []


# --- what is refused --------------------------------------------------------------------------

REFUSALS = {
    "an id that is not there": (("nuoc-sahc", *WORDS), "có phải bạn muốn viết “nuoc-sach”?", 2),
    "a bank": (("nuoc-sach-kiem-tra", *WORDS), "không phê duyệt riêng", 2),
    "a scenario": (("nuoc-duc", *WORDS), "tình huống rẽ nhánh, không phê duyệt riêng", 2),
    "a flow": (("thay-nuoc-ban", *WORDS), "sơ đồ, không phê duyệt riêng", 2),
    "nobody named": (("nuoc-sach", "--by", "  ", *WORDS[2:]), "--by để trống", 2),
    "parts left out": (("nuoc-sach", "--by", "Sở"), "thiếu --decision, --date", 2),
    "no id": (WORDS, "thiếu mã", 2),
    "a day that is none": (
        ("nuoc-sach", *WORDS[:5], "31/11/2026"),
        "--date: không dùng được “31/11/2026”",
        2,
    ),
    "a day to come": (("nuoc-sach", *WORDS[:5], "03/12/2026"), "03/12/2026 chưa tới", 2),
    "an end before it": (("nuoc-sach", *WORDS, "--until", "30/11/2026"), "trước ngày phê duyệt", 2),
    "an end that is past": (("nuoc-sach", *WORDS, "--until", "01/12/2026"), "đã hết hạn", 2),
    "a tag in a name": (("nuoc-sach", "--by", "<b>Sở</b>", *WORDS[2:]), "Chưa ghi gì: ", 1),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_it_is_refused_with_the_reason(refusal: str, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, expected, status = REFUSALS[refusal]
    before = contents(good)
    assert approve(good, *arguments, "--yes") == status
    assert expected in capsys.readouterr().err
    assert contents(good) == before


BREAKS: dict[str, tuple[str, str, str]] = {
    "words of a pattern": (SECOND, "Báo ngay trong ngày.", "‹Điều cần nhớ›"),
    "its body": (LESSON, "Ai cũng dùng", "Gọi 0912 345 678. Ai cũng dùng"),
    "a warning": (LESSON, "Ai cũng dùng", f"{'dài ' * 40}. Ai cũng dùng"),
    "a lesson of the course": (SECOND, "minutes: 10", "minutes: nhiều"),
    "its test questions": (BANK, "use: test", "use: tset"),
    "the contacts": (CONTACTS, "publish: true\n    urgent", "publish: có\n    urgent"),
    "a contact that nobody has called": (LESSON, "[contact:to-cap-nuoc]", "[contact:so-chua-goi-thu]"),
    "one in a test question": (BANK, "Ống nước vỡ", "[contact:so-chua-goi-thu] Ống vỡ"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_course_with_something_to_put_right_is_refused_whole(
    what: str, good: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    file, old, new = BREAKS[what]
    edit(good, file, old, new)
    before = contents(good)
    assert approve(good, "nuoc-sach", *WORDS, "--yes") == 1
    message = capsys.readouterr().err
    assert f"--> {file}:" in message
    assert contents(good) == before


def test_findings_of_other_texts_do_not_stand_in_the_way(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, CAMPAIGN, "Nước đục có thể gây bệnh.", f"{'dài ' * 40}.")
    edit(good, LESSON, "objectives: [giu-nguon]", "objectives: [khong-co]")
    assert {finding.file for finding in findings_of(good)} == {CAMPAIGN, LESSON}
    assert approve(good, "gioi-thieu", *WORDS, "--yes") == 0


def test_a_text_checked_after_the_day_of_the_decision_is_refused(
    good: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(good, SECOND, DRAFT, "review: {status: reviewed, checked: 02/12/2026}")
    assert approve(good, "nuoc-sach", *WORDS, "--yes") == 2
    assert f"{SECOND} (02/12/2026)" in capsys.readouterr().err


def test_two_things_of_one_id_are_told_apart_by_their_files(
    good: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(good, CAMPAIGN, "id: giu-giot-nuoc", "id: gioi-thieu")
    assert approve(good, "gioi-thieu", *WORDS, "--yes") == 2
    assert f"{CAMPAIGN}, {PAGE}" in capsys.readouterr().err
    assert approve(good, PAGE, *WORDS, "--yes") == 0


def test_a_lesson_of_another_course_is_not_approved_with_this_one(
    good: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (good / COURSE).read_text(encoding="utf-8").replace("id: nuoc-sach\n", "id: khoa-hai\n")
    (good / "curricula/khoa-hai.yml").write_text(
        text.replace("[giu-nguon-nuoc, bao-nuoc-ban]", "[nuoc-sach/bao-nuoc-ban]"), encoding="utf-8"
    )
    assert approve(good, "khoa-hai", *WORDS, "--yes") == 0
    assert "thuộc khóa khác:\n  nuoc-sach/bao-nuoc-ban (bản thảo)" in capsys.readouterr().out
    assert DRAFT in (good / SECOND).read_text(encoding="utf-8")


# --- asking -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "status"), [("c\n", 0), ("Có\n", 0), ("\n", 1), ("k\n", 1), ("được\n", 1)]
)
def test_a_person_is_asked_and_only_a_yes_writes(
    answer: str, status: int, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    before = contents(good)
    assert approve(good, "nuoc-sach", *WORDS) == status
    assert (contents(good) == before) == bool(status)


class Terminal:
    """Somebody who types an answer."""

    encoding = "utf-8"

    def __init__(self, answer: str) -> None:
        self.answer = iter([answer])

    def isatty(self) -> bool:
        return True

    def readline(self, *_: Any) -> str:
        return next(self.answer, "")

    def __iter__(self) -> Iterator[str]:
        return self.answer


def test_where_nobody_can_be_asked_nothing_is_written_and_that_is_said(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    before = contents(good)
    assert approve(good, "nuoc-sach", *WORDS) == 2
    printed = capsys.readouterr()
    assert "Sẽ ghi vào 3 tệp" in printed.out
    assert "chưa ghi gì" in printed.err
    assert "--yes" in printed.err
    assert contents(good) == before


# --- approved before --------------------------------------------------------------------------


def test_what_is_approved_is_said_and_left_unless_asked_again(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    approve(good, "nuoc-sach/bao-nuoc-ban", *WORDS, "--yes")
    other = ("--by", "Sở Khác", "--decision", "13/QĐ", "--date", "02/12/2026", "--yes")
    capsys.readouterr()
    assert approve(good, "nuoc-sach/bao-nuoc-ban", *other) == 0
    output = capsys.readouterr().out
    assert "để nguyên" in output
    assert "Không còn gì phải ghi" in output
    assert approve(good, "nuoc-sach", *other) == 0
    assert SAID in (good / SECOND).read_text(encoding="utf-8")
    assert "by: Sở Khác" in (good / LESSON).read_text(encoding="utf-8")
    assert approve(good, "nuoc-sach/bao-nuoc-ban", *other, "--again") == 0
    assert "by: Sở Khác" in (good / SECOND).read_text(encoding="utf-8")


def test_what_has_run_out_is_approved_again_unasked(good: Path, edit: Edit) -> None:
    over = DRAFT.replace(
        "draft", "approved, by: Sở, decision: 1/QĐ, approved: 01/12/2025, valid_until: 01/12/2026"
    )
    edit(good, PAGE, "---\nTrang này", f"{over}\n---\nTrang này")
    assert approve(good, "gioi-thieu", *WORDS, "--yes") == 0
    assert SAID in (good / PAGE).read_text(encoding="utf-8")


def test_without_an_id_it_lists_where_everything_stands(
    good: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    over = SAID.replace("}", ", valid_until: 01/12/2026}")
    edit(good, PAGE, "---\nTrang này", f"{over}\n---\nTrang này")
    edit(good, CAMPAIGN, DRAFT, SAID)
    edit(good, SECOND, DRAFT, "review: {status: reviewed}")
    before = contents(good)
    assert approve(good) == 0
    output = capsys.readouterr().out
    assert "Nước sạch cho cán bộ xã\n  bản thảo      nuoc-sach                 cả khóa\n" in output
    assert "  đã rà soát    nuoc-sach/bao-nuoc-ban    Báo khi nước bẩn\n" in output
    assert (
        "  đã phê duyệt  giu-giot-nuoc             Giữ từng giọt nước (Sở Y tế tỉnh Mẫu, 12/QĐ-SYT, ngày"
        in output
    )
    assert "  hết hạn       gioi-thieu " in output
    assert "Cộng: 5 bản thảo, 1 đã rà soát, 1 đã phê duyệt, 1 hết hạn." in output
    assert contents(good) == before


# --- all or nothing ---------------------------------------------------------------------------


def test_a_file_that_cannot_be_replaced_brings_back_those_before_it(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, replace, left = contents(good), os.replace, [2]

    def stubborn(source: Any, target: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise PermissionError(13, "đang mở", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(atomic_files.os, "replace", stubborn)
    assert approve(good, "nuoc-sach", *WORDS, "--yes") == 2
    assert "không ghi được" in capsys.readouterr().err
    assert contents(good) == before


def test_a_file_that_changed_while_the_question_stood_is_not_overwritten(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def agreed() -> bool:
        change(good, SECOND, "title: Báo", "title: Hãy báo")
        return True

    monkeypatch.setattr(approve_verb, "_agreed", agreed)
    assert approve(good, "nuoc-sach", *WORDS) == 2
    assert f"{SECOND} vừa bị" in capsys.readouterr().err
    programme = load(good).programme
    assert programme
    assert all(text.review.is_draft for text in programme.reviewed)
    assert "title: Hãy báo" in (good / SECOND).read_text(encoding="utf-8")


def test_what_reads_back_otherwise_than_meant_is_taken_back(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(good)
    monkeypatch.setattr("taphuan.cli.approvals.replace_value", lambda raw, *_: raw)
    assert approve(good, "nuoc-sach", *WORDS, "--yes") == 2
    assert "trả về như cũ" in capsys.readouterr().err
    assert contents(good) == before
