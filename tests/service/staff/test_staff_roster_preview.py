"""A list before it is frozen: counts first, then what changes, and a bar with the buttons in sight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser_thread import in_browser_thread
from playwright.sync_api import Browser as Chromium
from roster_uploads import CSV, LESS, hidden_fields, upload
from site_styles import copy_site_styles
from staff_users import PROVINCE, SignedIn, UnitPersons

from taphuan.roster_import.proposal import KnownPerson, Proposal
from taphuan.service.http.pages import STATIC
from taphuan.service.staff.people import roster_import

SECOND = ("An", "Bình", "Dung", "Giang", "Hà", "Khánh", "Loan", "Minh", "Nga", "Oanh")
HEAD = "Họ và tên,Chức vụ,Đơn vị\n"
SAME = "Giàng Thị Đua,Công chức,Xã Suối Trong\n"
FATE = re.compile(r"<strong>(\d+) (người[^<]*)</strong></span><span class=\"unit__count\">(\d+) đơn vị")


def fates(page: str) -> list[tuple[str, str, str]]:
    return FATE.findall(page)


def test_what_changes_stands_first_and_who_stays_is_folded(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    rows = "Lò Thị Hoa,Phó chủ tịch,Xã Suối Trong\nSùng A Mới,Trưởng công an,Phường Giếng Làng\n"
    page = upload(user, (HEAD + SAME + rows).encode(), as_of="2026-03-02").text
    assert fates(page) == [
        ("1", "người mới", "1"),
        ("1", "người có thay đổi", "1"),
        ("4", "người ra khỏi danh sách", "2"),
        ("1", "người giữ nguyên", "1"),
    ]
    folds = re.findall(r"<li(?: class=\"fates__kept\")?><details( open)?><summary>", page)
    assert folds[:4] == [" open", " open", " open", ""]
    assert re.search(r"Công chức <span aria-hidden=\"true\">→</span>.*?<strong>Phó chủ tịch</strong>", page)


def test_the_bar_says_the_changes_and_has_the_button(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    page = upload(user, CSV.encode(), as_of="2026-03-02").text
    bar = re.sub(r"<[^>]+>", "", page[page.index('<div class="act-bar">') :])
    assert "2 người, +1 mới, −5 ra khỏi" in " ".join(bar.split())
    assert page.rindex("Chốt danh sách</button>") > page.index('<div class="act-bar">')


def test_the_day_of_a_list_is_said_again_as_people_write_it(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    page = upload(user, (HEAD + SAME).encode(), as_of="2026-03-02").text
    assert "tính đến ngày <strong>02/3/2026</strong>" in page


def test_very_many_are_counted_and_the_first_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_import, "MOST_NAMED", 2)
    leaving = tuple(
        KnownPerson(id=str(number), full_name=f"Người {number}", position="", unit="u") for number in range(5)
    )

    class Units:
        """Names of units."""

        def name(self, unit: str) -> str:
            return f"Xã {unit}"

    (change,) = roster_import.changes(Proposal(source_sha256="0", leaving=leaving), Units())  # type: ignore[arg-type]
    assert (change.persons, change.unnamed, [len(unit.lines) for unit in change.units]) == (5, 3, [2])
    assert change.units[0].persons == 5


@in_browser_thread
def test_the_buttons_are_in_sight_from_the_first_line_to_the_last_on_a_phone(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], chromium: Chromium, tmp_path: Path
) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    names = (
        f"Lò {first} {second}" for first in ["Hoa", "Mai", "Lan", "Sen", "Cúc", "Đào"] for second in SECOND
    )
    many = "".join(f"{name},Công chức,Xã Suối Trong\n" for name in names)
    answer, styled = upload(user, (HEAD + many).encode()), copy_site_styles(tmp_path)
    sheets = "".join(
        path.read_text(encoding="utf-8")
        for path in (
            *sorted(styled.rglob("*.css")),
            *(STATIC / f"{name}.css" for name in ("service", "staff", "rosters")),
        )
    )
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.set_content(re.sub(r"<(link|script)[^>]*>", "", answer.text))
    page.add_style_tag(content=sheets)
    button = page.get_by_role("button", name="Chốt danh sách")
    whole = page.evaluate("document.documentElement.scrollHeight")
    end = page.locator(".act-bar").evaluate("(bar) => bar.parentElement.getBoundingClientRect().bottom")
    assert whole > 1_500
    for place in range(0, int(end) - 740, 400):
        page.evaluate(f"scrollTo(0, {place})")
        box = button.bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= 740 - box["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert whole < 12_000
    page.close()


def steps(page: str) -> tuple[list[str], list[str]]:
    """Returns the steps of a list that are done, and the one where one stands."""
    done = re.findall(r'<li class="stages__done">([^<]+)<', page)
    return done, re.findall(r'<li aria-current="step"><strong>([^<]+)<', page)


def test_every_page_of_a_list_says_which_step_it_is(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    assert steps(user.get("danh-sach/").text) == ([], ["Chọn tệp"])
    seen = upload(user, CSV.encode())
    assert steps(seen.text) == (["Chọn tệp"], ["Xem thử"])
    answer = user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(seen) | LESS)
    assert answer.status_code == 303
    page = user.get("danh-sach/").text
    assert steps(page) == (["Chọn tệp", "Xem thử", "Chốt"], ["Chọn tệp"])
    members = re.findall(r'href="/can-bo/(danh-sach/[0-9a-f-]{36}/)"', page)[0]
    assert steps(user.get(members).text) == (["Chọn tệp", "Xem thử", "Chốt"], [])


def test_the_list_of_the_latest_day_is_the_one_in_use_and_others_are_folded(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    sent = hidden_fields(upload(user, CSV.encode())) | LESS
    assert user.browser.post("/can-bo/danh-sach/chot/", data=sent).status_code == 303
    page = user.get("danh-sach/").text
    used, earlier = page.split("1 danh sách khác, vẫn giữ trong sổ")
    assert 'id="so-1"' in used
    assert 'id="so-2"' in earlier
    assert "Chưa có danh sách cấp tỉnh" in used
