"""Leaflets and posters as they are downloaded: light enough for a phone in the hills."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

#: Bytes that a campaign's sheet may weigh: on a slow line, 250 kB take half a minute.
MOST = {"leaflet": 250_000, "poster": 130_000}


@pytest.mark.parametrize("kind", sorted(MOST))
def test_no_campaigns_sheet_weighs_more_than_its_kind_may(site: Path, kind: str) -> None:
    sheets = json.loads((site / "tai-lieu/index.json").read_text(encoding="utf-8"))
    weights = {
        sheet["path"]: (site / sheet["path"]).stat().st_size for sheet in sheets if sheet["kind"] == kind
    }
    assert len(weights) >= 24
    assert {path: size for path, size in weights.items() if size > MOST[kind]} == {}
