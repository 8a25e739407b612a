"""The communes as tiles: for who sees the province, each a link to the commune and on to its people."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from staff_users import OURS, PROVINCE, THEIRS, SignedIn, UnitPersons

PAGE = "chi-tieu/"
TILE = re.compile(
    r'<a class="tile-map__tile tile-map__tile--(\w+)" href="([^"]+)"( aria-current="true")?>(.*?)</a>'
)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def one_trained(trained: Callable[..., None], persons_by_unit: dict[str, UnitPersons]) -> None:
    """One of four in our commune, nobody in theirs."""
    trained(persons_by_unit[OURS].all[0])


def test_each_commune_is_a_tile_at_its_place_with_its_number(one_trained: None, signed_in: SignedIn) -> None:
    page = signed_in("office", PROVINCE).get(PAGE).text
    tiles = [(step, words(said)) for step, _, _, said in TILE.findall(page)]
    assert tiles == [
        ("2", "Suối Trong 1 /4 người đã tập huấn"),
        ("0", "Giếng Làng 0 /2 người đã tập huấn"),
    ]
    assert re.findall(r"row-(\d+) column-(\d+)", page) == [("1", "1"), ("2", "2")]
    assert "Chưa ghi nhận ai 1 ô Dưới 25% 0 ô 25% đến dưới 50% 1 ô" in words(page)


def test_a_tile_leads_to_its_commune_and_from_there_to_the_names(
    one_trained: None, signed_in: SignedIn
) -> None:
    user = signed_in("office", PROVINCE)
    (first, *_) = TILE.findall(user.get(PAGE).text)
    page = user.browser.get(first[1].partition("#")[0].replace("&amp;", "&")).text
    assert [bool(chosen) for _, _, chosen, _ in TILE.findall(page)] == [True, False]
    commune = page[page.index('id="xa"') :].partition("</section>")[0]
    assert "Xã Suối Trong 1 trên 4 người đã tập huấn (25,0%)." in words(f"<{commune}")
    (link,) = re.findall(r'class="button" href="([^"]+)"', commune)
    names = user.browser.get(link.replace("&amp;", "&")).text
    assert "Vàng A Mình" in names
    assert "Lò Văn Sủa" not in names


def test_the_period_that_is_looked_at_stays(one_trained: None, signed_in: SignedIn) -> None:
    page = signed_in("office", PROVINCE).get(f"{PAGE}?ky=2026").text
    assert all("ky=2026" in link for _, link, _, _ in TILE.findall(page))


@pytest.mark.parametrize("role", ["trainer", "unit-head"])
def test_one_unit_has_no_map_and_sees_no_other_commune(
    role: str, one_trained: None, signed_in: SignedIn
) -> None:
    page = signed_in(role, THEIRS).get(f"{PAGE}?xa={OURS}").text  # type: ignore[arg-type]
    assert "tile-map" not in page
    assert "Suối Trong" not in page


@pytest.mark.parametrize("unit", ["x", "99", "00103", "<b>"])
def test_what_is_no_commune_is_nobody(unit: str, one_trained: None, signed_in: SignedIn) -> None:
    page = signed_in("office", PROVINCE).get(f"{PAGE}?xa={unit}").text
    assert "Chọn một ô để xem xã, phường ấy." in page
    assert 'aria-current="true"' not in page[page.index("<main") : page.index("</main>")]


def test_no_tile_is_held_against_the_goal_of_the_province(one_trained: None, signed_in: SignedIn) -> None:
    page = signed_in("office", PROVINCE).get(PAGE).text
    told = words(page[page.index("Người đã tập huấn, theo xã, phường") :].partition("</section>")[0])
    assert not re.search(r"(?i)\bđạt\b", told)
    assert "Chỉ tiêu 70% là của cả tỉnh, không chia cho từng xã, phường." in told
