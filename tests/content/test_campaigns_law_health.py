"""What the campaigns on law and on health state, held against the register and against lessons."""

from __future__ import annotations

import re

from programme_texts import programme

AMOUNT = re.compile(r"\d[\d.]*–\d[\d.]* (?:triệu|nghìn)?(?: ?đồng)")


def texts_of(id: str) -> list[str]:
    """Returns the texts of a campaign that are printed, posted, said and read aloud."""
    return [text for _, text in programme().campaigns[id].texts]


def clauses(article: object) -> list[str]:
    return [clause.gist for clause in (getattr(article, "clauses", None) or {}).values()]


def test_amounts_are_those_of_the_decree_in_force_and_say_from_which_day() -> None:
    articles = programme().register.documents["nd-282-2025"].articles
    gists = " ".join(
        gist for number in ("32", "33", "35") for gist in (articles[number].gist, *clauses(articles[number]))
    )
    amounts = {amount for text in texts_of("hieu-luat") for amount in AMOUNT.findall(text)}
    assert {"1–2 triệu đồng", "300–500 nghìn đồng", "20–30 triệu đồng"} <= amounts
    known = gists.replace("300.000–500.000 đồng", "300.000–500.000 đồng 300–500 nghìn đồng")
    assert [amount for amount in sorted(amounts) if amount not in known] == []
    leaflet = programme().campaigns["hieu-luat"].materials["to-gap"]
    assert "15/12/2025" in leaflet.model_dump_json()


def test_the_cover_of_the_law_leaflet_counts_the_questions_that_are_answered_in_it() -> None:
    leaflet = programme().campaigns["hieu-luat"].leaflets["to-gap"]
    texts = "\n".join(panel.text or "" for panel in leaflet.panels.as_read)
    assert len(re.findall(r"^- \*\*[^*]+\?\*\*$", texts, re.MULTILINE)) == 9
    assert (leaflet.panels.front.text or "").startswith("Chín câu hỏi")


def test_who_was_trafficked_may_go_unpunished_and_is_promised_nothing() -> None:
    texts = [text for text in texts_of("hieu-luat") if "không bị xử lý" in text]
    assert texts
    assert all("có thể không bị xử lý" in text for text in texts)


def test_health_is_for_adults_and_says_the_hours_of_the_lessons() -> None:
    campaign = programme().campaigns["khoe-va-kin"]
    assert {str(programme().audiences[id].ages) for id in campaign.audiences} == {"adults"}
    whole = " ".join(texts_of("khoe-va-kin"))
    lesson = programme().lessons["dong-dang-vien/bao-lau-roi"].body
    for hours in ("72 giờ", "120 giờ", "3 tháng"):
        assert hours in whole
        assert hours in lesson.replace("**", "")
    assert set(re.findall(r"(\d+) giờ", whole)) == {"24", "72", "120"}


def test_health_names_no_dose_and_promises_no_service() -> None:
    whole = " ".join(texts_of("khoe-va-kin")).lower()
    assert re.findall(r"\d+ ?(?:mg|viên|liều|ngày)\b", whole) == []
    cover = programme().campaigns["khoe-va-kin"].materials["to-gap"].model_dump()["panels"]["front"]
    poster = programme().campaigns["khoe-va-kin"].materials["ap-phich"].model_dump()
    assert "hiv" not in f"{cover} {poster}".lower()


def test_what_the_whole_village_hears_is_fit_for_children() -> None:
    scripts = programme().campaigns["khoe-va-kin"].loudspeaker.values()
    heard = " ".join(part.text for script in scripts for part in script.parts).lower()
    assert [word for word in ("bao cao su", "prep", "pep", "tránh thai", "bán dâm") if word in heard] == []
