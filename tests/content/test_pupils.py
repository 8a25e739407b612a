"""Pupils meet nothing of the province's programme that is marked for adults."""

from __future__ import annotations

import pytest
from programme_texts import programme
from texts_for_minors import marks_met_by_minors, texts_for_minors

pytestmark = pytest.mark.slow


def test_nothing_for_adults_is_on_a_page_or_a_sheet_that_pupils_read() -> None:
    assert len(list(texts_for_minors(programme()))) > 2
    assert marks_met_by_minors(programme()) == {}
