"""A good programme to break, the hand that changes one thing in it, and the codes of what is found then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from taphuan.errors import Finding
from taphuan.programme.loader import LoadResult

REPOSITORY = Path(__file__).parent.parent
SAMPLES = Path(__file__).parent / "samples"

Edit = Callable[[Path, str, str, str], tuple[int, int]]
FindingsOf = Callable[[Path], list[Finding]]


def change(root: Path, file: str, old: str, new: str) -> tuple[int, int]:
    """Replaces the one `old` in a file. A « in `new` is left out; its line and column are returned."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    before, _, after = text.partition(old)
    first, mark, rest = new.partition("«")
    path.write_text(before + first + rest + after, encoding="utf-8")
    reached = before + (first if mark else "")
    return reached.count("\n") + 1, len(reached) - reached.rfind("\n")


def codes(loading: LoadResult) -> list[str]:
    return [finding.code for finding in loading.findings]
