"""While it is open how targets are counted, pages have counts; a paper that decides gives verdicts back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection
from staff_users import OPERATOR, OURS, PROVINCE, SignedIn, UnitPersons

from taphuan.programme.model.plan import Decided
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.records import Store, people, staff_entries
from taphuan.records.training import corrections

TRAINED, OPEN, PERIOD = "can-bo-duoc-tap-huan", "gieng-nao-duoc-dem", "2026"
MADE = Decided(document="9/HD-SM", issued=date(2026, 2, 1), says="Đếm giếng chung.")
#: What only somebody may say who knows how the target is to be counted.
VERDICT = re.compile(
    r"(?i)người nữa|đã đạt|chưa đạt|, đạt\b|còn thiếu|cần thêm|(?:chưa|✓) thường xuyên|dự kiến đạt"
)


def asked(found: Programme, decided: Decided | None) -> Programme:
    """Targets of every kind that rest on one question, and what "regularly" means too."""
    trained = found.charter.targets[TRAINED].model_copy(update={"assumes": (OPEN,)})
    others = {
        name: trained.model_copy(update={"title": title, "measure": measure, "every": "year", "level": None})
        for name, title, measure in (
            ("communes", "Xã truyền thông", "communication"),
            ("services", "Người được hỗ trợ", "services"),
        )
    }
    regular = found.charter.regular.model_copy(update={"assumes": (OPEN,)})
    targets = ReadOnly({TRAINED: trained, **others})
    charter = found.charter.model_copy(update={"targets": targets, "regular": regular})
    one = found.decisions[OPEN].model_copy(update={"decided": decided})
    return replace(found, charter=charter, decisions=ReadOnly({OPEN: one}))


@pytest.fixture(scope="session")
def programme(request: pytest.FixtureRequest, programme: Programme) -> Programme:
    """With the paper that decides, where a test gives one."""
    return asked(programme, getattr(request, "param", None))


@pytest.fixture
def happened(store: Store, persons_by_unit: dict[str, UnitPersons]) -> None:
    """Somebody was trained, a fair was held, and the office knows a figure."""
    now, by = store.now(), OPERATOR
    who = persons_by_unit[OURS].all[0]
    paper: dict[str, Any] = {"document": "1/QĐ", "day": now.date(), "event_id": str(uuid4())}
    store.write(lambda within: corrections.record_document(within, who, "nuoc-sach", **paper, by=by, now=now))
    fair = {"unit": OURS, "held_on": now.date(), "place_kind": "chợ phiên", "audience": "nguoi-dan"}
    store.write(
        lambda within: staff_entries.enter(
            within, staff_entries.CommunicationActivity, **fair, headcount=9, by=by, now=now
        )
    )  # type: ignore[arg-type]
    told = {"target": "services", "period": PERIOD, "numerator": 31, "denominator": 40, "source": "5/BC"}
    store.write(
        lambda within: staff_entries.enter(within, staff_entries.EnteredFigure, **told, by=by, now=now)
    )  # type: ignore[arg-type]


def words(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


PAGES = ("/tien-do/", f"/can-bo/chi-tieu/?ky={PERIOD}", f"/can-bo/bao-cao/?ky={PERIOD}", "/can-bo/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("unit", [PROVINCE, OURS])
def test_no_page_says_whether_an_undecided_target_is_reached(
    page: str, unit: str, happened: None, signed_in: SignedIn
) -> None:
    said = words(signed_in("office", unit).browser.get(page).text)
    assert VERDICT.findall(said) == []


def test_everybody_is_told_what_is_counted_and_for_whom_it_waits(happened: None, signed_in: SignedIn) -> None:
    page = signed_in("office", PROVINCE).browser.get("/tien-do/").text
    said = words(page)
    assert (
        "1/2 xã, phường đã ghi nhận ít nhất 1 hoạt động trong mỗi 06 tháng. Chỉ tiêu của kế hoạch: 70%."
        in said
    )
    assert "Dưới 5 trên 6 người của danh sách" in said
    assert "50,0%" not in said
    assert said.count("Chưa kết luận: cách tính tạm, chờ Sở Mẫu hướng dẫn. Câu hỏi: Giếng nào được tính") == 2
    assert 'href="/ke-hoach/#cau-hoi-gieng-nao-duoc-dem"' in page


@pytest.mark.parametrize(("listed", "is_told"), [(12, True), (9, False)])
def test_who_is_not_on_record_yet_is_counted_unless_they_are_few(
    listed: int, is_told: bool, persons_by_unit: dict[str, UnitPersons], signed_in: SignedIn, store: Store
) -> None:
    now, by = store.now(), OPERATOR
    new = [people.NewPerson(full_name=f"Lý A {n}", position="", unit=OURS) for n in range(listed)]

    def settle(within: Connection) -> None:
        ids = people.add_persons(within, new, by=by, now=now)
        members = [people.RosterMember(person=id, unit=OURS) for id in ids]
        facts: dict[str, Any] = {
            "level": "commune",
            "as_of": now.date() + timedelta(days=2),
            "decision_ref": "12/QĐ-SYT",
        }
        people.freeze_roster(
            within, members, **facts, source_sha256="0" * 64, synthetic=False, by=by, now=now
        )
        for id in ids[:5]:
            paper: dict[str, Any] = {"document": "1/QĐ", "day": now.date(), "event_id": str(uuid4())}
            corrections.record_document(within, id, "nuoc-sach", **paper, by=by, now=now)

    store.write(settle)
    said = words(signed_in("office", PROVINCE).browser.get("/tien-do/").text)
    told = f"{listed - 5} người trong danh sách chưa được ghi nhận."
    assert (told in said) is is_told
    assert VERDICT.findall(said) == []


def test_a_tile_has_its_activities_by_half_year_and_no_word_on_them(
    happened: None, signed_in: SignedIn
) -> None:
    page = signed_in("office", PROVINCE).browser.get(f"/can-bo/chi-tieu/?ky={PERIOD}").text
    tiles = page[page.index('aria-label="Hoạt động của từng xã, phường"') :].partition("</ul>")[0]
    assert "outreach__kind--reached" not in tiles
    assert ">0 hoạt động" not in tiles
    assert "1 hoạt động 06 tháng đầu năm 2026: 1; 06 tháng cuối năm 2026: chưa ghi nhận" in " ".join(
        re.sub(r"<[^>]+>", " ", tiles).split()
    )


def test_whoever_enters_an_activity_is_told_that_regularly_is_still_open(signed_in: SignedIn) -> None:
    said = words(signed_in("office", PROVINCE).browser.get("/can-bo/truyen-thong/").text)
    assert "Chỉ tiêu đếm số xã, phường có ít nhất 1 hoạt động trong mỗi 06 tháng." in said
    assert "Mức ấy đã được coi là “thường xuyên” hay chưa còn chờ Sở Mẫu hướng dẫn." in said


def test_the_page_of_reports_says_first_what_is_lacking_and_why_there_is_no_share(
    happened: None, signed_in: SignedIn
) -> None:
    page = signed_in("office", PROVINCE).browser.get(f"/can-bo/bao-cao/?ky={PERIOD}").text
    said = words(page)
    places = [said.index(head) for head in ("Trước khi gửi", "Tải báo cáo", "Số liệu trong báo cáo")]
    assert places == sorted(places)
    assert "3 chỉ tiêu chưa kết luận: có số đếm, cách tính còn chờ hướng dẫn." in said
    assert "Xã truyền thông: chờ Sở Mẫu, Giếng nào được tính" in said
    assert "0 trên 2 Xã truyền thông Chưa tính tỷ lệ vì cách tính còn chờ hướng dẫn" in said
    shares = re.findall(r'data-head="Tỷ lệ">([^<]*)<', page)
    assert len(shares) == 3
    assert all(shares)
    assert "Chưa tính" in shares


@pytest.mark.parametrize("programme", [MADE], indirect=True, ids=["decided"])
def test_a_paper_that_decides_is_named_and_gives_the_verdicts_back_once_the_year_is_over(
    happened: None, signed_in: SignedIn
) -> None:
    user = signed_in("office", PROVINCE)
    early = {page: words(user.browser.get(page).text) for page in PAGES[:3]}
    for page, said in early.items():
        assert not re.search(r"(?i)\bđã đạt|chưa đạt|, đạt\b|(?:chưa|✓) thường xuyên", said)
        assert "Cách tính theo 9/HD-SM, ngày 01/02/2026." in said or page == PAGES[2]
        assert "Chưa kết luận" not in said
    assert "Còn 2 xã, phường nữa để tới 2 xã, phường." in early[PAGES[1]]
    assert "Chưa đến hạn" in early[PAGES[2]]
    user.clock.time = datetime(2027, 1, 2, 3, tzinfo=UTC)
    later = signed_in("office", PROVINCE)
    targets, report = (words(later.browser.get(page).text) for page in PAGES[1:3])
    assert "chưa thường xuyên" in targets
    assert "Chưa đạt, thiếu 2 xã, phường." in targets
    assert "Chưa đạt" in report


def test_a_figure_is_asked_for_without_a_word_that_concludes(signed_in: SignedIn) -> None:
    said = words(signed_in("office", PROVINCE).browser.get("/can-bo/so-lieu/").text)
    assert "Tử số (số đã thực hiện)" in said
    assert not re.search(r"\bđạt\b", said)
