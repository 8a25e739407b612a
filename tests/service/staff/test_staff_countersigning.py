"""What waits for a second person is told by class, and confirmed many at once with one reason."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from class_pages import COURSE, ONCE, done, hold, waiting_entries
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.records import Store
from taphuan.records.training.corrections import void

PAGE = "doi-chieu/"


def class_without_sheet(user: StaffUser, persons: tuple[str, ...], **fields: str) -> None:
    """A class of these persons whose entries wait for somebody else."""
    page = hold(user, sheet_ref="", headcount="9", **fields)
    once = ONCE.findall(user.get(page).text)[0]
    assert user.post(f"{page}co-mat/", page, once=once, person=list(persons)).status_code == 303


def confirm(user: StaffUser, entries: list[str], reason: str = "phiếu lớp, tủ 3"):  # type: ignore[no-untyped-def]
    return user.post(PAGE, PAGE, event=entries, once=str(uuid4()), reason=reason)


@pytest.fixture
def trainer(signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]) -> StaffUser:
    """A trainer who has entered a class of three."""
    user = signed_in("trainer", OURS)
    class_without_sheet(user, tuple(persons_by_unit[OURS].all[:3]))
    return user


def test_entries_stand_by_class_and_one_reason_confirms_them_all(
    trainer: StaffUser, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    class_without_sheet(trainer, (persons_by_unit[OURS].all[3],), held_on="2026-02-20")
    office = signed_in("office", PROVINCE)
    page = office.get(PAGE).text
    assert re.findall(r'waiting-group__count">(\d+) mục', page) == ["1", "3"]
    assert "<strong>4</strong> mục chờ bạn xác nhận" in page
    three = [entry for entry in waiting_entries(office) if entry][1:]
    assert confirm(office, three).status_code == 303
    assert [done(store, one) for one in persons_by_unit[OURS].all[:3]] == [[(COURSE, "D")]] * 3
    assert len(waiting_entries(office)) == 1


def test_the_page_says_in_words_what_waits_and_what_confirming_does_and_the_result_is_said_after(
    trainer: StaffUser, signed_in: SignedIn
) -> None:
    office = signed_in("office", PROVINCE)
    page = office.get(PAGE).text
    assert "không kèm danh sách ký tên hay bài có chữ ký" in page
    assert "từ lúc ấy mục mới được tính vào kết quả" in page
    assert "minh chứng D" not in page
    assert confirm(office, waiting_entries(office)).status_code == 303
    after = office.get(PAGE).text
    assert "Đã xác nhận các mục vừa chọn." in after
    assert "Không có mục nào đang chờ." in after


def test_one_that_is_refused_does_not_stop_the_others(
    trainer: StaffUser, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    office = signed_in("office", PROVINCE)
    entries = waiting_entries(office)
    store.write(lambda within: void(within, entries[0], event_id=str(uuid4()), by=OPERATOR, now=store.now()))
    answer = confirm(office, entries)
    assert answer.status_code == 422
    assert "Đã xác nhận 2 mục; còn lại chưa xác nhận được: có 1 chỗ cần xem lại" in answer.text
    assert "Mục này đã hủy ghi nhận" in answer.text
    assert sum(done(store, one) == [(COURSE, "D")] for one in persons_by_unit[OURS].all[:3]) == 2


def test_without_a_reason_without_an_entry_or_with_too_many_nothing_is_confirmed_and_ticks_stay(
    trainer: StaffUser, signed_in: SignedIn
) -> None:
    office = signed_in("office", PROVINCE)
    entries = waiting_entries(office)
    unreasoned = confirm(office, entries[:2], reason="")
    assert unreasoned.status_code == 422
    assert len(re.findall(r'name="event" value="[^"]+" checked', unreasoned.text)) == 2
    nothing = confirm(office, [])
    assert (nothing.status_code, "Đánh dấu ít nhất một mục" in nothing.text) == (422, True)
    many = confirm(office, [*entries, *(str(uuid4()) for _ in range(500))])
    assert (many.status_code, "nhiều nhất 500 mục" in many.text) == (422, True)
    assert waiting_entries(office) == entries


def test_who_entered_it_is_told_and_offered_nothing_to_confirm(trainer: StaffUser) -> None:
    assert waiting_entries(trainer) == []
    assert "cần một người khác xác nhận" in trainer.get(PAGE).text


def test_an_entry_of_another_unit_is_confirmed_by_nobody_of_this_one(
    trainer: StaffUser, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    entries = waiting_entries(signed_in("office", PROVINCE))
    stranger = signed_in("unit-head", THEIRS)
    assert waiting_entries(stranger) == []
    answer = stranger.post(PAGE, "nguoi/", event=entries, once=str(uuid4()), reason="xem")
    assert answer.status_code in (403, 404)
    assert [done(store, one) for one in persons_by_unit[OURS].all] == [[], [], [], []]
