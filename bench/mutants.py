"""Changes one sign of the code at a time and tells which changes no test notices: holes in the tests.

`python -m bench.mutants targets quiz` tries a whole room; `--share 20` a fifth of it, always the same one.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Rooms of `generator/` with their own tests, and those of whatever shows what they count.
ROOMS = {
    "targets": (
        "targets",
        ["tests/targets"],
        [
            "tests/reports",
            "tests/records/test_roster_changes.py",
            "tests/service/test_public_progress.py",
            "tests/service/staff/test_staff_first_page.py",
            "tests/service/staff/test_staff_plans.py",
            "tests/service/staff/test_staff_agreement.py",
        ],
    ),
    "quiz": ("quiz.py", ["tests/quiz"], ["tests/records/test_published_forms.py", "tests/cli/test_cli.py"]),
    "checks": ("programme/checks", ["tests/programme"], ["tests/test_build.py", "tests/content"]),
}
#: Without what takes a process of its own.
QUICK = "not soak and not thorough and not browser and not postgresql"
#: Changes that change nothing, by file and by line as it is written, with the reason.
EQUIVALENT: dict[tuple[str, str], str] = {
    ("generator/quiz.py", "LARGEST_SEED = 2**31"): "one number more of two thousand millions",
    ("generator/quiz.py", "@lru_cache(maxsize=5_000)"): "how much is remembered, not what",
}

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
#: How many times as long as without a change tests may take; those that hang have noticed.
PATIENCE = 5


@dataclass(frozen=True)
class Mutant:
    """A module with one change: `change` says which."""

    file: Path
    line: int
    change: str
    source: str


def mutants_of(file: Path, source: str) -> Iterator[Mutant]:
    """Yields each change of a module, in the order of its lines."""
    whole = ast.parse(source)
    classes = [node for node in ast.walk(whole) if isinstance(node, ast.ClassDef)]
    decorations = {id(inner) for node in classes for made in node.decorator_list for inner in ast.walk(made)}
    for at, node in enumerate(ast.walk(whole)):
        if id(node) in decorations:
            continue
        for change in _changes(node):
            tree = ast.parse(source)
            changed = next(each for nth, each in enumerate(ast.walk(tree)) if nth == at)
            _change(changed, change)
            line = node.iter.lineno if isinstance(node, ast.comprehension) else getattr(node, "lineno", 0)
            yield Mutant(file, line, change, ast.unparse(tree))


def _changes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield f"{type(node.ops[0]).__name__} becomes {COMPARED[type(node.ops[0])].__name__}"
    elif isinstance(node, ast.BoolOp):
        yield "and becomes or" if isinstance(node.op, ast.And) else "or becomes and"
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield "plus and minus change places"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "true and false change places"
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield "one more"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLED:
        yield f"{node.func.id} becomes {CALLED[node.func.id]}"
    if isinstance(node, ast.If | ast.IfExp):
        yield from ("always", "never")
    if isinstance(node, ast.comprehension) and node.ifs:
        yield "filter dropped"


def _change(node: ast.AST, change: str) -> None:
    if isinstance(node, ast.If | ast.IfExp) and change in ("always", "never"):
        node.test = ast.Constant(change == "always")
    elif isinstance(node, ast.comprehension):
        node.ifs = []
    elif isinstance(node, ast.Compare):
        node.ops[0] = COMPARED[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.BinOp):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else int(str(node.value)) + 1
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        node.func.id = CALLED[node.func.id]


def seconds_unchanged(tests: list[str]) -> float:
    """Times tests on the package as it stands; exits where they fail: every change would count as noticed."""
    start = time.monotonic()
    with _copied() as folder:
        if _fails(folder, tests, None):
            sys.exit(f"{' '.join(tests)}: fails without any change; mend it first")
    return time.monotonic() - start


def is_noticed(mutant: Mutant, suites: dict[tuple[str, ...], float]) -> bool:
    """Tells whether a suite fails on a package with the change or takes longer than its seconds."""
    with _copied() as folder:
        Path(folder, "taphuan", mutant.file.relative_to("generator")).write_text(mutant.source, "utf-8")
        return any(_fails(folder, [*tests], patience) for tests, patience in suites.items())


@contextmanager
def _copied() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree("generator", Path(folder, "taphuan"), ignore=shutil.ignore_patterns("__pycache__"))
        yield folder


def _fails(folder: str, tests: list[str], patience: float | None) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", QUICK, "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(command, env=environment, capture_output=True, timeout=patience).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS], default=["targets", "quiz"])
    parser.add_argument("--share", type=int, default=100, help="percent of the changes that are tried")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    for room in given.rooms:
        part, *suites = ROOMS[room]
        patience = {tuple(tests): PATIENCE * seconds_unchanged(tests) for tests in suites}
        home = Path("generator", part)
        files = sorted(home.rglob("*.py")) if home.is_dir() else [home]
        tried = [
            mutant
            for file in files
            for mutant in mutants_of(file, file.read_text(encoding="utf-8"))
            if zlib.crc32(f"{file}:{mutant.line}:{mutant.change}".encode()) % 100 < given.share
        ]
        left, named = 0, 0
        with ThreadPoolExecutor(given.jobs) as pool:
            answers = pool.map(is_noticed, tried, [patience] * len(tried))
            for mutant, noticed in zip(tried, answers, strict=True):
                line = mutant.file.read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()
                if noticed:
                    continue
                if (str(mutant.file), line) in EQUIVALENT:
                    named += 1
                    continue
                left += 1
                print(f"{mutant.file}:{mutant.line}: {mutant.change}: {line}", flush=True)
        killed = len(tried) - left - named
        print(f"{room}: {killed} of {len(tried) - named} noticed, {named} that change nothing left out")


if __name__ == "__main__":
    main()
