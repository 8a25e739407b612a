"""A checker that is not ours finds nothing wrong in the tags of sheets (PDF/UA-1, as far as it looks)."""

from __future__ import annotations

import json
from pathlib import Path

from pdfua import Severity, validate


def test_the_tags_of_every_kind_of_sheet_hold(site: Path) -> None:
    sheets = json.loads((site / "tai-lieu/index.json").read_text(encoding="utf-8"))
    first_of_each: dict[tuple[str, str], str] = {}
    for sheet in sheets:
        first_of_each.setdefault((sheet["kind"], sheet["edition"]), sheet["path"])
    chosen = {*first_of_each.values(), *(sheet["path"] for sheet in sheets[::8])}
    assert len(chosen) >= len(sheets) // 8
    for path in sorted(chosen):
        found = [
            finding for finding in validate(str(site / path)).findings if finding.severity == Severity.ERROR
        ]
        assert not found, f"{path}: {found[0].rule_id} {found[0].message}"
