"""A question that `taphuan new` adds to a bank leaves all else there as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from broken_samples import BANK, COURSE, TESTS
from programmes import Edit
from scaffold_steps import findings, made, refused

from taphuan.cli.new_question import QUESTION_KINDS
from taphuan.programme.loader import load


def asked(root: Path, id: str) -> str:
    """The file of a question that is there."""
    programme = load(root).programme
    assert programme is not None
    return programme.questions[id][0].source


@pytest.mark.parametrize("kind", QUESTION_KINDS)
@pytest.mark.parametrize("bank", [BANK, TESTS])
def test_a_question_of_each_kind_is_added_behind_the_last(good: Path, bank: str, kind: str) -> None:
    before = (good / bank).read_bytes()
    new_file = made(good, "question", f"{Path(bank).stem}/cau-moi", question_kind=kind)
    after = (good / bank).read_bytes()
    assert after.startswith(before)
    line = int(new_file.done.rsplit(" ", 1)[1])
    assert after.decode().split("\n")[line - 1] == "  cau-moi:"
    assert {finding.code for finding in findings(good)} <= {"text-to-write", "question-nowhere"}


@pytest.mark.parametrize(
    "named",
    [
        "nuoc-sach-tu-kiem-tra",
        "khoi/tu-kiem-tra",
        "khoi/tu-kiem-tra.yml",
        "content/questions/khoi/tu-kiem-tra.yml",
        "tu-kiem-tra",
    ],
)
def test_a_bank_is_found_by_its_id_and_by_its_path(good: Path, named: str) -> None:
    (good / "content/questions/khoi").mkdir()
    (good / BANK).rename(good / "content/questions/khoi/tu-kiem-tra.yml")
    made(good, "question", f"{named}/cau-moi")
    assert asked(good, "cau-moi") == "content/questions/khoi/tu-kiem-tra.yml"


def test_a_bank_in_a_folder_kept_apart_is_found_too(good: Path, tmp_path: Path) -> None:
    apart = tmp_path / "de-rieng"
    apart.mkdir()
    (good / TESTS).rename(apart / "de-thi.yml")
    for number, named in enumerate(("nuoc-sach-kiem-tra", "de-thi", f"{apart.as_posix()}/de-thi.yml")):
        made(good, "question", f"{named}/cau-{number}", banks=apart)
    text = (apart / "de-thi.yml").read_text(encoding="utf-8")
    assert [f"  cau-{number}:\n" in text for number in range(3)] == [True] * 3


def test_two_banks_whose_files_are_called_alike_are_asked_about(good: Path) -> None:
    for folder, file in (("mot", BANK), ("hai", TESTS)):
        (good / f"content/questions/{folder}").mkdir()
        (good / file).rename(good / f"content/questions/{folder}/cau-hoi.yml")
    refusal = refused(good, "question", "cau-hoi/cau-moi")
    assert "nuoc-sach-tu-kiem-tra" in refusal
    assert "nuoc-sach-kiem-tra" in refusal


def test_a_question_that_is_in_any_bank_is_refused_with_its_file(good: Path) -> None:
    assert f"đã có câu “kt-goi-ai” trong {TESTS}" in refused(
        good, "question", "nuoc-sach-tu-kiem-tra/kt-goi-ai"
    )


def test_the_next_step_says_how_a_question_comes_to_be_asked(good: Path) -> None:
    check = made(good, "question", "nuoc-sach-tu-kiem-tra/cau-moi").next_steps
    assert "thêm “cau-moi” vào self_check của bài" in check[1]
    test = made(good, "question", "nuoc-sach-kiem-tra/kt-moi").next_steps
    assert "test: draw:" in test[1]
    assert "không bao giờ lên trang công khai" in test[2]
    assert not any("self_check" in step for step in test)


def test_a_test_that_draws_by_objective_wants_one(good: Path, edit: Edit) -> None:
    edit(good, COURSE, "    - {bank: nuoc-sach-kiem-tra, take: 1}\n", "")
    step = made(good, "question", "nuoc-sach-kiem-tra/kt-moi").next_steps[1]
    assert "ghi objective cho câu, một trong: giu-nguon" in step


#: Parts of banks that are laid out in different ways.
HEAD = "id: nuoc-sach-tu-kiem-tra\nuse: self-check\nquestions:"


FIRST = "\n    mot:\n        kind: true-false\n        stem: Một?\n        answer: true\n"


OTHER = FIRST.replace("mot", "hai").replace("Một", "Hai")


@pytest.mark.parametrize(
    ("bank", "expected"),
    [
        pytest.param(HEAD + FIRST, HEAD + FIRST + "    cau-moi:\n        kind: ", id="set in by four"),
        pytest.param(
            HEAD + FIRST + "    # hết\n\n# ghi chú\ntitle: Tên\n",
            HEAD + FIRST + "    # hết\n    cau-moi:\n        kind: ",
            id="before the next key and its comment, behind the comment of the last question",
        ),
        pytest.param(
            HEAD + "\n" + FIRST + OTHER,
            HEAD + "\n" + FIRST + OTHER + "\n    cau-moi:\n",
            id="apart where the others are",
        ),
        pytest.param(HEAD + FIRST.rstrip("\n"), HEAD + FIRST + "    cau-moi:\n", id="no line end at the end"),
        pytest.param(
            (HEAD + FIRST).replace("\n", "\r\n"),
            (HEAD + FIRST + "    cau-moi:\n        kind: single-choice\n").replace("\n", "\r\n"),
            id="line ends of Windows",
        ),
        pytest.param(
            "\ufeff" + HEAD + FIRST, "\ufeff" + HEAD + FIRST + "    cau-moi:\n", id="mark of Notepad"
        ),
        pytest.param(
            HEAD + "\n  mot: {kind: true-false, stem: Một?, answer: true}\n",
            HEAD + "\n  mot: {kind: true-false, stem: Một?, answer: true}\n  cau-moi:\n    kind: ",
            id="questions of one line",
        ),
    ],
)
def test_a_bank_keeps_its_layout(good: Path, bank: str, expected: str) -> None:
    (good / BANK).write_bytes(bank.encode("utf-8"))
    made(good, "question", "nuoc-sach-tu-kiem-tra/cau-moi")
    text = (good / BANK).read_bytes().decode("utf-8")
    assert text.startswith(expected)
    assert ("# ghi chú\ntitle: Tên\n" in text) == ("# ghi chú" in bank)
    assert asked(good, "cau-moi") == BANK


@pytest.mark.parametrize(
    "bank",
    [
        HEAD + " {mot: {kind: true-false, stem: Một?, answer: true}}\n",
        "{id: nuoc-sach-tu-kiem-tra, use: test, questions: {a: {kind: true-false, stem: A, answer: true}}}\n",
        HEAD + FIRST + "...\n",
        HEAD + " {}\n",
    ],
)
def test_a_bank_of_an_unusual_layout_is_left_alone_and_the_words_to_add_are_told(
    good: Path, bank: str
) -> None:
    (good / BANK).write_text(bank, encoding="utf-8")
    refusal = refused(good, "question", "nuoc-sach-tu-kiem-tra/cau-moi")
    assert "tệp còn nguyên" in refusal
    assert "  cau-moi:\n    kind: single-choice\n" in refusal


def test_a_new_bank_is_said_to_be_new_and_the_one_of_a_like_name_is_named(good: Path) -> None:
    new_file = made(good, "question", "nuoc-sach-tu-kiem-tr/cau-moi")
    assert new_file.done.startswith("Đã tạo ngân hàng mới")
    assert f"nếu ý bạn là ngân hàng {BANK}" in new_file.next_steps[0]


def test_a_new_bank_in_a_folder_has_the_id_of_its_path(good: Path) -> None:
    path = made(good, "question", "xa/nuoc/cau-moi").path
    assert path == good / "content/questions/xa/nuoc.yml"
    assert path.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../../../schema/bank.json\nid: xa-nuoc\n"
    )


def test_two_banks_never_get_one_id(good: Path) -> None:
    assert "có phải bạn muốn viết “nuoc-sach-kiem-tra/cau-moi”?" in refused(
        good, "question", "nuoc-sach/kiem-tra/cau-moi"
    )


@pytest.mark.parametrize("id", ["nuoc-sach-tu-kiem-tra/cau-moi", "khac/viec-nen-lam"])
def test_a_bank_that_cannot_be_read_is_not_taken_for_one_that_is_not_there(
    good: Path, edit: Edit, id: str
) -> None:
    edit(good, BANK, "use: self-check", "use: tự kiểm")
    assert f"chưa đọc được {BANK}" in refused(good, "question", id)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(good: Path) -> None:
    (good / "content/campaigns").chmod(0o500)
    assert "quyền ghi" in refused(good, "campaign", "thu")


def test_where_writing_fails_the_bank_is_as_it_was(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert "chưa ghi được" in refused(good, "question", "nuoc-sach-tu-kiem-tra/cau-moi")
