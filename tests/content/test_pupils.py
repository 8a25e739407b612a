"""Pupils meet nothing of the province's programme that is marked for adults."""

from __future__ import annotations

import pytest
from programme_texts import programme
from texts_for_minors import marks_in, texts_for_minors

pytestmark = pytest.mark.slow


def test_nothing_for_adults_is_on_a_page_or_a_sheet_that_pupils_read() -> None:
    texts = dict(texts_for_minors(programme()))
    assert len(texts) > 2
    assert marks_in(programme(), texts.items()) == {}
