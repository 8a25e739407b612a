"""The benchmarks run and say what they have seen; that a number is met is no test."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import FULL, QUICK, USUAL
from bench.corpus import TIENG, corpus
from bench.mutants import mutants_of, seconds_unchanged
from bench.page_weight import REAL
from bench.table import Row, Target, missed
from taphuan.programme.loader import LoadResult, load
from taphuan.programme.vietnamese import syllables

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

REPOSITORY = Path(__file__).parents[2]
#: More than the province has, so that some are made.
LESSONS = 90


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus for tests that read it."""
    return corpus(tmp_path_factory.mktemp("made") / "corpus", LESSONS)


@pytest.fixture(scope="module")
def loading(made: Path) -> LoadResult:
    return load(made)


def test_a_corpus_is_a_programme_without_findings_and_the_same_each_time(
    made: Path, loading: LoadResult, tmp_path: Path
) -> None:
    again = corpus(tmp_path / "again", LESSONS)
    assert loading.programme is not None
    assert not loading.has_errors
    assert len(loading.programme.lessons) == LESSONS
    for path in made.rglob("*.md"):
        assert path.read_bytes() == (again / path.relative_to(made)).read_bytes()


def test_a_corpus_smaller_than_the_programme_is_refused_rather_than_called_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="more than 50"):
        corpus(tmp_path / "small", 50)


def test_the_programme_as_it_is_and_each_size_that_is_measured_can_be_made(tmp_path: Path) -> None:
    real = load(corpus(tmp_path / "real", REAL)).programme
    assert real is not None
    assert not [lesson for lesson in real.lessons.values() if lesson.home.startswith("khoa-")]
    assert len(real.lessons) < min(LESSONS, *QUICK.sites, *USUAL.sites, *FULL.sites)


def test_a_lesson_of_a_corpus_is_as_long_as_a_real_one_and_says_nothing_twice(loading: LoadResult) -> None:
    programme = loading.programme
    assert programme is not None
    lessons = [lesson for lesson in programme.lessons.values() if lesson.home.startswith("khoa-")]
    assert lessons
    assert all(0.9 * TIENG < syllables(lesson.body) < 1.6 * TIENG for lesson in lessons)
    assert all(len(lesson.self_check) == 5 for lesson in lessons)
    stems = [programme.questions[id][1].stem for lesson in lessons for id in lesson.self_check]
    assert len(set(stems)) == len(stems)


@pytest.mark.parametrize(
    ("row", "is_met"),
    [
        (Row(what="faster", ours=1.0, peer=2.0, unit="s", target=Target(limit=1.1)), True),
        (Row(what="slower", ours=2.0, peer=1.0, unit="s", target=Target(limit=1.1)), False),
        (
            Row(
                what="more a second",
                ours=30.0,
                peer=1.0,
                unit="PDF/s",
                target=Target(limit=15, is_floor=True),
            ),
            True,
        ),
        (Row(what="alone", ours=41.0, unit="KB", target=Target(limit=40)), False),
        (
            Row(what="no ratio", ours=39.0, peer=1.0, has_ratio=False, unit="KB", target=Target(limit=40)),
            True,
        ),
        (Row(what="only told", ours=1.0, unit="s"), None),
    ],
)
def test_a_target_holds_for_the_ratio_or_else_for_our_number(row: Row, is_met: bool | None) -> None:
    assert row.is_met is is_met


def test_what_is_missed_is_named() -> None:
    rows = [
        Row(what="met", ours=1.0, unit="s", target=Target(limit=2)),
        Row(what="late", ours=3.0, unit="s", target=Target(limit=2)),
    ]
    assert missed(rows) == "1 of 2 targets met\n  missed: late"


def test_a_mutant_is_the_module_with_one_sign_changed() -> None:
    source = "def due(days):\n    return days < 7 and not any(each for each in [days] if each)\n"
    changes = {mutant.change: ast.parse(mutant.source) for mutant in mutants_of(Path("due.py"), source)}
    assert list(changes) == [
        "and becomes or",
        "Lt becomes LtE",
        "one more",
        "any becomes all",
        "filter dropped",
    ]
    assert "days <= 7" in ast.unparse(changes["Lt becomes LtE"])
    assert len({ast.unparse(tree) for tree in changes.values()}) == len(changes)


def test_mutants_are_not_counted_where_tests_fail_without_a_change() -> None:
    with pytest.raises(SystemExit, match="fails without any change"):
        seconds_unchanged(["no-such-test.py"])


@pytest.mark.soak
def test_a_quick_run_measures_the_site_beside_its_peer(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "--quick", "--only", "site", "--work", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    machine, _, _, *rows, verdict = done.stdout.splitlines()
    assert "Python" in machine
    assert re.search(r"site of 80 lessons, cold +[\d.]+ s +[\d.]+ s +Material", rows[0])
    assert len(rows) == 5
    assert verdict == "too small a run to judge a target by"
