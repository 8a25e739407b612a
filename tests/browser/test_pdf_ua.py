"""A checker that is not ours finds nothing wrong in the tags of sheets (PDF/UA-1, as far as it looks)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pdfua import Severity, validate

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("step", [24, pytest.param(1, marks=pytest.mark.soak)])
def test_the_tags_of_every_kind_of_sheet_hold(site: Path, step: int) -> None:
    """One sheet of each kind and edition, and each 24th one of all; all of them in soak."""
    sheets = json.loads((site / "tai-lieu/index.json").read_text(encoding="utf-8"))
    first_of_each: dict[tuple[str, str], str] = {}
    for sheet in sheets:
        first_of_each.setdefault((sheet["kind"], sheet["edition"]), sheet["path"])
    chosen = {*first_of_each.values(), *(sheet["path"] for sheet in sheets[::step])}
    assert len(chosen) >= len(sheets) // step
    for path in sorted(chosen):
        found = [
            finding for finding in validate(str(site / path)).findings if finding.severity == Severity.ERROR
        ]
        assert not found, f"{path}: {found[0].rule_id} {found[0].message}"
