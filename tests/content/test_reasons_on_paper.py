"""Reasons of self-checks stay whole sentences on a handout, which leaves out what its lesson cites."""

from __future__ import annotations

import re

from programme_texts import programme

from taphuan.render.paper.answers import self_checks, short_reason
from taphuan.render.text.citations import CITED, spelled_where_leaned_on

#: What a sentence cannot end on; "nơi ở" is where somebody lives.
DANGLING = re.compile(
    r"(?<!nơi )\b(?:ở|theo|của|tại|giữa|như|gồm)\s*[.;,]|\bxem[.;]|[:,]\s*[.;,]", re.IGNORECASE
)


def reasons() -> dict[str, str]:
    return {
        id: short_reason(question)
        for lesson in programme().lessons.values()
        for id, _, question in self_checks(programme(), lesson)
    }


def test_no_reason_ends_where_a_law_is_left_out() -> None:
    register = programme().register
    on_handouts = {
        id: CITED.sub("", spelled_where_leaned_on(register, text)) for id, text in reasons().items()
    }
    assert len(on_handouts) > 100
    assert {id: text for id, text in on_handouts.items() if DANGLING.search(text)} == {}


def test_reasons_would_dangle_if_all_law_were_left_out() -> None:
    assert sum(bool(DANGLING.search(CITED.sub("", text))) for text in reasons().values()) > 20


def test_law_that_a_sentence_does_not_need_is_left_out() -> None:
    register = programme().register
    texts = [spelled_where_leaned_on(register, text) for text in reasons().values()]
    assert sum("[@" in text for text in texts) > 20
    said = "Tuổi ở [@luat-tre-em-102-2016:1] và [@blhs-2015:142]. Gọi ngay [@luat-tre-em-102-2016:51]."
    spelled = spelled_where_leaned_on(register, said)
    assert spelled.startswith("Tuổi ở Luật Trẻ em, Đ. 1 và ")
    assert CITED.sub("", spelled).endswith(". Gọi ngay.")
