"""What `taphuan new` made or refused, and what is found in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from taphuan.cli.new import create
from taphuan.cli.new_question import NewFile, Wish
from taphuan.errors import Finding, OperatorError
from taphuan.programme.loader import load


def made(root: Path, kind: str, id: str, **wish: object) -> NewFile:
    return create(root, Wish(kind=kind, id=id, **wish))  # type: ignore[arg-type]


def refused(root: Path, kind: str, id: str, **wish: object) -> str:
    """What was said to somebody whose wish changed no file."""
    before = files(root)
    with pytest.raises(OperatorError) as error:
        made(root, kind, id, **wish)
    assert files(root) == before
    return f"{error.value.message}\n{error.value.fix}"


def files(root: Path) -> dict[str, bytes]:
    files = [path for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts]
    return {path.as_posix(): path.read_bytes() for path in files}


def findings(root: Path) -> tuple[Finding, ...]:
    return load(root).findings
