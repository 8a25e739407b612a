"""Today is the twentieth of January 2026."""

from __future__ import annotations

from datetime import date

import pytest

from taphuan.cli import status as status_verb


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_verb, "today", lambda: date(2026, 1, 20))
