"""A poster: what leads under its title, what stands under its picture, and the line to fill in by hand."""

from __future__ import annotations

from dataclasses import replace

from paper_sheets import CAMPAIGN, POSTER, on_paper, words

from taphuan.programme.model.campaign import Campaign
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Markdown, ReadOnly


def with_poster(programme: Programme, **values: object) -> str:
    """Returns the poster's body where it says the values."""
    campaign = programme.campaigns[CAMPAIGN]
    poster = campaign.materials["ap-phich"].model_copy(update=values)
    changed = campaign.model_copy(update={"materials": ReadOnly({**campaign.materials, "ap-phich": poster})})
    html = on_paper(programme.having(Campaign, ReadOnly({CAMPAIGN: changed})))[POSTER].html
    return html.partition("<body>")[2]


def parts_of_poster(html: str) -> tuple[str, str]:
    """Returns what is read before the picture, under the title, and what is read after it."""
    before, _, behind = html.partition('class="art"')
    return words(before.partition("</h1>")[2].partition("<img")[0]), words(
        behind.partition('class="text">')[2]
    )


def test_the_first_sentence_of_a_poster_stands_under_its_title(programme: Programme) -> None:
    lead, under = parts_of_poster(with_poster(programme))
    assert lead == "Nước đục thì ngừng dùng ."
    assert under.startswith("Gọi ngay")
    assert "ngừng dùng" not in under


def test_words_as_large_as_a_posters_tear_no_compound_apart(programme: Programme) -> None:
    html = with_poster(programme, text=Markdown("Hỏi **tư pháp** xã.\n\nMình hỏi tư pháp trước khi tin."))
    assert html.count("tư\N{NO-BREAK SPACE}pháp") == 2


def test_steps_of_a_poster_stand_under_its_picture_and_all_before_them_under_its_title(
    programme: Programme,
) -> None:
    text = Markdown("Nước đục.\n\nĐừng uống.\n\n1. **Ngừng.**\n2. **Gọi.**")
    lead, under = parts_of_poster(with_poster(programme, text=text))
    assert lead == "Nước đục. Đừng uống."
    assert under.startswith("Ngừng. Gọi.")


def test_a_number_says_first_whom_it_is_for_and_nothing_twice(programme: Programme) -> None:
    contacts = programme.contacts

    def words_under_picture(when: str) -> str:
        supply = contacts.contacts["to-cap-nuoc"].model_copy(update={"when": when})
        known = contacts.model_copy(
            update={"contacts": ReadOnly({**contacts.contacts, "to-cap-nuoc": supply})}
        )
        _, under = parts_of_poster(with_poster(replace(programme, contacts=known)))
        return under

    assert "0900 Khi mất nước Tổ cấp nước tỉnh Mẫu" in words_under_picture("Khi mất nước")
    assert "0900 Tổ cấp nước, khi mất nước Suốt ngày đêm" in words_under_picture("Tổ cấp nước, khi mất nước")


def test_a_poster_has_a_line_for_whom_one_may_speak_to_where_its_author_asks_for_it(
    programme: Programme,
) -> None:
    assert 'class="by-hand"' not in with_poster(programme)
    assert '<p class="by-hand">Ở bản, hỏi:</p>' in with_poster(programme, by_hand="Ở bản, hỏi")
