"""What commands keep of the files they read, from one to the next: never another answer than reading anew."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from broken_samples import CHARTER, LESSON, TERMS, TESTS, TEXT_FAULTS

from taphuan.programme.loader import load, load_kept, memo

STEPS = 20


def said(root: Path) -> tuple[Any, ...]:
    """Returns what is found and what was read, both by a command that keeps and by one that knows nothing."""
    kept, anew = load_kept(root), load(root)
    assert kept.findings == anew.findings
    assert kept.programme == anew.programme
    return kept.findings


def change_something(root: Path, original: Path, chance: random.Random) -> None:
    """Does to one file what people do: a slip, mending it, taking it away, and a change no clock shows."""
    fault = chance.choice(TEXT_FAULTS)
    file, whole = root / fault.file, original / fault.file
    what = chance.choice(("slip", "slip", "mend", "remove", "swap"))
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if what == "slip" and fault.old in text:
        file.write_text(text.replace(fault.old, fault.new.replace("«", ""), 1), encoding="utf-8")
    elif what == "remove" and fault.file != CHARTER:
        file.unlink(missing_ok=True)
    elif what == "swap" and len(words := text.split(" ")) > 2:
        status, at = file.stat(), chance.randrange(len(words) - 1)
        words[at : at + 2] = words[at + 1], words[at]
        file.write_text(" ".join(words), encoding="utf-8")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    else:
        shutil.copy2(whole, file)


def walk(root: Path, tmp_path: Path, *, seed: int, steps: int) -> None:
    original = Path(shutil.copytree(root, tmp_path / "original"))
    chance, answers = random.Random(seed), set()
    for _ in range(steps):
        change_something(root, original, chance)
        answers.add(said(root))
        if load(root).programme is None:  # nothing else would be looked at until all can be read
            shutil.copytree(original, root, dirs_exist_ok=True)
    assert len(answers) > steps // 4, "the edits changed next to nothing"


def test_what_was_kept_answers_as_if_all_were_read_anew(good: Path, tmp_path: Path) -> None:
    walk(good, tmp_path, seed=1, steps=STEPS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 17))
def test_it_does_so_over_three_hundred_edits(seed: int, good: Path, tmp_path: Path) -> None:
    walk(good, tmp_path, seed=seed, steps=STEPS)


def test_what_has_not_changed_is_not_read_again(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_kept(good)
    monkeypatch.setattr("taphuan.programme.loader.programme_folder.read_source", None)
    monkeypatch.setattr("taphuan.programme.loader.programme_folder.check_programme", None)
    assert load_kept(good).programme == first.programme
    with pytest.raises(TypeError):
        load_kept(good, anew=True)


def test_an_answer_that_becomes_right_is_looked_through_again(good: Path, edit: Any) -> None:
    """No text of the file has changed then, and what may stand in a wrong answer may not in a right one."""
    wrong, right = "thap: {text: Em phải báo Công an", "cao: {text: Chỗ cao và xa chuồng trại"
    edit(good, TESTS, "thap: {text: Ngay dưới chuồng trâu", wrong)
    before = said(good)
    edit(good, TESTS, f"{right}, correct: true", right)
    edit(good, TESTS, wrong, f"{wrong}, correct: true")
    assert [finding.code for finding in said(good) if finding not in before] == ["typed-duty"]


def test_a_term_that_changes_is_held_against_every_text(good: Path, edit: Any) -> None:
    assert said(good) == ()
    edit(good, TERMS, "avoid: [", "avoid: [nước từ khe, ")
    assert LESSON in {finding.file for finding in said(good)}


@pytest.mark.parametrize("kept", [b"", b"of other code", None])
def test_half_a_file_is_as_good_as_none(kept: bytes | None, good: Path) -> None:
    load_kept(good)
    file = good / memo.KEPT_FILE
    file.write_bytes(file.read_bytes()[:-100] if kept is None else kept)
    assert said(good) == ()


def test_other_code_reads_everything_again(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_kept(good)
    monkeypatch.setattr(memo, "_code_digest", lambda: b"other code".ljust(32))
    assert memo.kept_memo(good).reads == {}


class Harm:
    """What somebody could send along with a programme, to be run by whoever opens it."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return self.function, self.arguments


@pytest.mark.parametrize(
    "harm", [Harm(os.mkdir, "made"), Harm(eval, "os.mkdir('made')"), Harm(memo.Path, ".")]
)
def test_nothing_in_the_folder_of_a_programme_is_run(
    harm: Harm, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    load_kept(good)
    (good / memo.KEPT_FILE).write_bytes(memo._code_digest() + pickle.dumps((harm, harm, harm)))
    assert memo.kept_memo(good).reads == {}
    assert not (tmp_path / "made").exists()


def test_a_module_of_ours_lends_no_name_that_it_has_imported(good: Path) -> None:
    load_kept(good)
    lent = b"ctaphuan.programme.loader.memo\nPath\n."
    (good / memo.KEPT_FILE).write_bytes(memo._code_digest() + lent)
    with open(good / memo.KEPT_FILE, "rb") as file:
        file.read(32)
        with pytest.raises(pickle.UnpicklingError):
            memo._OfModel(file).load()


def test_a_folder_that_takes_no_files_is_read_all_the_same(good: Path) -> None:
    (good / ".cache").write_text("not a folder", encoding="utf-8")
    assert said(good) == ()
