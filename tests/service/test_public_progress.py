"""The figures that everybody may see: the whole province, and what the plan asks beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from string import ascii_uppercase
from typing import Any
from uuid import uuid4

import pytest
from asgi_browser import Browser
from clocks import Clock
from fixtures_service import AN, BINH, OPERATOR, TwoLearners

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.records import Store, people, staff_entries
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.staff_entries import CommunicationActivity, EnteredFigure
from taphuan.records.training.corrections import record_document

COURSE = "nuoc-sach"
TRAINED = "can-bo-duoc-tap-huan"


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """The sample, with targets of every kind."""
    trained = programme.charter.targets[TRAINED]
    others = {
        name: trained.model_copy(update={"title": title, "measure": measure, "every": "year", "level": None})
        for name, title, measure in (
            ("communes", "Xã truyền thông thường xuyên", "communication"),
            ("plans", "Cơ quan có kế hoạch", "plans"),
            ("services", "Người được hỗ trợ", "services"),
        )
    }
    unserved = trained.model_copy(update={"title": "Cán bộ chưa có khóa học", "courses": None})
    targets = ReadOnly({TRAINED: trained, "unserved": unserved, **others})
    return replace(programme, charter=programme.charter.model_copy(update={"targets": targets}))


@pytest.fixture
def listed(store: Store, two_learners: TwoLearners) -> Callable[..., list[str]]:
    """Freezes a roster of both persons of the commune and of others; returns all of them."""

    def freeze(size: int = 10, **changed: Any) -> list[str]:
        given = {"as_of": store.now().date(), "decision_ref": "12/QĐ", "source_sha256": "0" * 64, **changed}
        new = [
            NewPerson(full_name=f"Lò Văn {letter}", position=None, unit="00101")
            for letter in ascii_uppercase[: size - 2]
        ]

        def settle(within: Any) -> list[str]:
            added = people.add_persons(within, new, by=OPERATOR, now=store.now())
            everybody = [AN, BINH, *added]
            members = [RosterMember(person=one, unit="00101") for one in everybody]
            people.freeze_roster(within, members, level="commune", by=OPERATOR, now=store.now(), **given)
            return everybody

        return store.write(settle)

    return freeze


def document(store: Store, person: str) -> None:
    store.write(
        lambda within: record_document(
            within,
            person,
            COURSE,
            document="1/QĐ",
            day=store.now().date(),
            event_id=str(uuid4()),
            by=OPERATOR,
            now=store.now(),
        )
    )


def enter_helped(store: Store, persons: int) -> None:
    """Enters how many of forty persons were helped."""
    store.write(
        lambda within: staff_entries.enter(
            within,
            EnteredFigure,
            target="services",
            period="2026H1",
            numerator=persons,
            denominator=40,
            source="Báo cáo 5/BC",
            by=OPERATOR,
            now=store.now(),
        )
    )


def words(page: str) -> str:
    """What a reader reads."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_each_target_stands_there_with_its_share_its_roster_and_its_evidence(
    browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    for person in listed()[:5]:
        document(store, person)
    said = words(browser.get("/tien-do/").text)
    whole = "Cán bộ xã được tập huấn 50,0% 5 trên 10 người của danh sách ngày 02/3/2026 đã tập huấn."
    drawn = f"{whole} 0 10 người chỉ tiêu 2030: 7 người (70%)"
    assert f"{drawn} Còn 2 người nữa để tới 7 người vào 31/12/2030." in said
    for row in (
        "Căn cứ ghi nhận văn bản của cơ quan 5 Chưa ai được ghi nhận theo các căn cứ: bài kiểm tra"
        " trực tuyến, máy chủ chấm",
        "; lớp học có",
        "; người phụ trách nhập",
    ):
        assert row in said
    assert "không có mạng" not in said, "which nobody can do yet"
    assert "MẪU" not in said


@pytest.mark.parametrize("trained", [1, 4])
def test_fewer_than_five_are_told_as_that_and_nowhere_by_number(
    trained: int, browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    for person in listed()[:trained]:
        document(store, person)
    page = browser.get("/tien-do/").text
    said = words(page)
    assert "Dưới 5 trên 10 người của danh sách ngày 02/3/2026 đã tập huấn." in said
    assert not re.search(rf"\b{trained}0,0%|\b{trained} (?:trên|người)|Còn \d", said)
    assert "Căn cứ ghi nhận" not in said
    assert 'class="chart' not in page


def test_of_a_list_of_fewer_than_five_no_number_is_told(
    browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    document(store, listed(4)[0])
    said = words(browser.get("/tien-do/").text)
    assert "Danh sách có dưới 5 người nên trang này không nêu số." in said
    assert "trên 4" not in said


def test_the_years_run_to_the_goals_own_day_along_a_line_that_is_called_assumed(
    browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    for person in listed()[:6]:
        document(store, person)
    page = browser.get("/tien-do/").text
    chart = page[page.index('class="chart timeline"') :].partition("</svg>")[0]
    told = words(f"<main{chart}</main>")
    assert "2026 2027 2028 2029 2030" in told
    assert "Đường chấm: giả định, chưa có văn bản" in told
    assert "Chỉ tiêu 70% 7 người, 31/12/2030" in told
    assert told.endswith("60,0% 6 trên 10")
    assert "chart__spot--open" in chart
    rows = words(page[page.index("<main") :].replace("</svg>", "</svg> "))
    assert "06 tháng đầu năm 2026 6 người (60,0%)" in rows
    assert "Tính đến hết (kỳ đang chạy: đến 02/3/2026)" in rows


def test_what_the_line_of_a_new_list_means_stands_in_its_own_picture(
    browser: Browser, listed: Callable[..., list[str]], store: Store, clock: Clock
) -> None:
    for person in listed()[:6]:
        document(store, person)
    clock.time = datetime(2027, 3, 1, 3, tzinfo=UTC)
    for person in listed(size=12)[2:6]:
        document(store, person)
    page = browser.get("/tien-do/").text
    figure = page[page.index("<figure") : page.index("</figure>")]
    assert "Vạch đứng: danh sách ngày 01/3/2027, từ&nbsp;10 thành 12&nbsp;người." in words(
        f"<main{figure}</main>"
    )
    assert page.count("Vạch đứng") == 1


@pytest.mark.parametrize("day", [datetime(2026, 6, 30, tzinfo=UTC), datetime(2030, 12, 31, 3, tzinfo=UTC)])
def test_before_the_goals_own_day_nobody_is_told_whether_it_is_reached(
    day: datetime, browser: Browser, listed: Callable[..., list[str]], store: Store, clock: Clock
) -> None:
    clock.time = day
    for person in listed()[:8]:
        document(store, person)
    said = words(browser.get("/tien-do/").text)
    assert "80,0%" in said
    assert not re.search(r"(?i)\b(?:chưa|đã|không) đạt\b", said)


def test_the_goal_is_told_in_the_plan_s_own_words_and_its_day_at_each_picture(
    browser: Browser, listed: Callable[..., list[str]], store: Store, programme: Programme
) -> None:
    """The plan asks it of some officials, not of all; and a phone hides the day beside the flag."""
    for person in listed()[:6]:
        document(store, person)
    said = words(browser.get("/tien-do/").text)
    goal = programme.charter.targets[TRAINED].text
    assert f"Kế hoạch của tỉnh đặt chỉ tiêu đến 31/12/2030: {goal}" in said
    assert "% người trong danh sách, chỉ tiêu 70% vào 31/12/2030" in said


def test_communication_stands_there_with_what_regularly_is_taken_to_mean(
    browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    store.write(
        lambda within: staff_entries.enter(
            within,
            CommunicationActivity,
            unit="00101",
            held_on=store.now().date(),
            place_kind="chợ phiên",
            audience="nguoi-dan",
            headcount=9,
            by=OPERATOR,
            now=store.now(),
        )
    )
    said = words(browser.get("/tien-do/").text)
    assert "Xã truyền thông thường xuyên 1/2 xã, phường (50,0%)" in said
    assert "Chỉ tiêu của kế hoạch: 70%. “Thường xuyên” là ít nhất 1 hoạt động trong mỗi 06 tháng" in said
    assert "Cách tính theo 7/HD-SM, ngày 14/01/2026." in said


def test_nothing_on_record_is_told_as_that_and_has_no_number(
    browser: Browser, listed: Callable[..., list[str]]
) -> None:
    listed()
    said = words(browser.get("/tien-do/").text)
    assert "Chưa ghi nhận hoạt động nào trong kỳ. Chỉ tiêu của kế hoạch: 70%." in said
    assert "Chưa ghi nhận ai đã tập huấn trong số 10 người của danh sách ngày 02/3/2026." in said
    assert not re.search(r"\b0/1?[02]|0,0%|\b0 trên", said)


def test_the_plans_other_targets_stand_there_or_say_that_nothing_is_known(
    browser: Browser, two_learners: TwoLearners, store: Store
) -> None:
    enter_helped(store, 31)
    said = words(browser.get("/tien-do/").text)
    assert "Người được hỗ trợ 31/40 (77,5%)" in said
    assert "1 chỉ tiêu chưa có số liệu Cơ quan có kế hoạch chỉ tiêu 70%" in said
    assert "chưa chốt danh sách người cần tập huấn" in said
    assert "Báo cáo 5/BC" not in said


def test_what_is_not_known_is_said_once_and_folded(browser: Browser, two_learners: TwoLearners) -> None:
    page = browser.get("/tien-do/").text
    assert words(page).count("chưa có số liệu") == 1
    folded = page[page.index("2 chỉ tiêu chưa có số liệu</summary>") :].partition("</details>")[0]
    assert "Người được hỗ trợ" in folded
    assert "Cơ quan có kế hoạch" in folded


def test_a_target_that_no_course_counts_toward_says_so(
    browser: Browser, listed: Callable[..., list[str]]
) -> None:
    assert words(browser.get("/tien-do/").text).count("chưa chốt danh sách người cần tập huấn") == 2
    listed()
    said = words(browser.get("/tien-do/").text)
    assert "Cán bộ chưa có khóa học Chưa có số liệu: chưa có khóa học nào được tính cho chỉ tiêu này." in said


def test_a_made_up_roster_is_called_that(browser: Browser, listed: Callable[..., list[str]]) -> None:
    listed(synthetic=True)
    assert "DỮ LIỆU MẪU, không có người thật" in words(browser.get("/tien-do/").text)


def test_no_unit_and_no_person_is_named(
    browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    for person in listed()[:5]:
        document(store, person)
    whole = browser.get("/tien-do/").text
    # The foot names who coordinates the programme, as on every page.
    page = whole.partition("<footer")[0]
    with store.read() as connection:
        for unit in people.units_by_id(connection).values():
            assert unit.parent is None or unit.name not in page
    assert "Lò Thị An" not in whole
    assert not browser.client.cookies


@pytest.mark.parametrize(
    ("hour", "is_there"), [(16, False), (17, True)], ids=["23:00 of 30 June here", "0:00 of 1 July here"]
)
def test_a_half_year_begins_at_midnight_here(
    browser: Browser, listed: Callable[..., list[str]], clock: Clock, hour: int, is_there: bool
) -> None:
    clock.time = datetime(2026, 6, 30, hour, tzinfo=UTC)
    listed(as_of=datetime(2026, 7, 1, tzinfo=UTC).date())
    assert ("danh sách ngày 01/7/2026" in words(browser.get("/tien-do/").text)) == is_there
