"""Observed tasks of a class: ten ticks a person, one after another, and how often each line was seen."""

from __future__ import annotations

import re

import pytest
from class_pages import ONCE, done, hold
from fastapi import FastAPI
from sqlalchemy import select
from staff_operations import OBSERVED, RUBRIC, proven
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people, schema

BOX = re.compile(r'<input type="checkbox" name="seen" value="(\d+)"( checked)?>')


def attended(user: StaffUser, persons: UnitPersons, *names: str, **fields: str) -> str:
    """The page of a class that these attended."""
    page = hold(user, **{"headcount": "9", **fields})
    once = ONCE.findall(user.get(page).text)[0]
    chosen = [persons.ids[name] for name in names]
    assert user.post(f"{page}co-mat/", page, once=once, person=chosen).status_code == 303
    return page


def tick(user: StaffUser, page: str, person: str, *seen: str, **fields: str):  # type: ignore[no-untyped-def]
    form = f"{page}quan-sat/{OBSERVED}/{person}/"
    shown = user.get(form).text
    given = {"rubric": RUBRIC.findall(shown), "once": ONCE.findall(shown), **fields}
    return user.post(form, form, seen=list(seen), **given)


def kept(store: Store) -> list[tuple[str, str]]:
    """Who has which ticks."""
    table = schema.observation.c
    query = select(table.person, table.ticks).where(table.withdrawn_at.is_(None))
    with store.read() as connection:
        return sorted((row.person, row.ticks) for row in connection.execute(query))


def test_the_page_of_a_class_leads_to_its_tasks_once_somebody_attended(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    assert "quan-sat/" not in user.get(hold(user)).text
    page = attended(user, persons_by_unit[OURS], "hoa", "minh")
    assert (
        f'href="/can-bo/{page}quan-sat/{OBSERVED}/">Viết lại một thông báo về nước</a>' in user.get(page).text
    )
    assert "Đã ghi 0/2 người." in user.get(page).text


def test_ten_boxes_are_ticked_of_one_person_after_another(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    page = attended(user, persons_by_unit[OURS], "hoa", "minh")
    tasks = f"/can-bo/{page}quan-sat/{OBSERVED}/"
    assert BOX.findall(user.get(f"{page}quan-sat/{OBSERVED}/{ids['hoa']}/").text) == [
        (str(line), "") for line in range(1, 11)
    ]
    first = tick(user, page, ids["hoa"], "1", "3")
    assert (first.status_code, first.headers["location"]) == (303, f"{tasks}{ids['minh']}/")
    last = tick(user, page, ids["minh"])
    assert (last.status_code, last.headers["location"]) == (303, tasks)
    assert kept(store) == sorted([(ids["hoa"], "1010000000"), (ids["minh"], "0" * 10)])
    assert "Đã ghi 2/2 người." in user.get(page).text


def test_entering_again_corrects_and_sending_again_changes_nothing(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = attended(user, persons_by_unit[OURS], "hoa")
    once = "00000000-0000-4000-8000-00000000000a"
    for _ in range(2):
        assert tick(user, page, hoa, "1", once=once).status_code == 303
    assert kept(store) == [(hoa, "1000000000")]
    # The browser went back: the same one-time key, other ticks.
    assert tick(user, page, hoa, "1", "10", once=once).status_code == 303
    assert kept(store) == [(hoa, "1000000001")]
    boxes = dict(BOX.findall(user.get(f"{page}quan-sat/{OBSERVED}/{hoa}/").text))
    assert {box for box, mark in boxes.items() if mark} == {"1", "10"}


def test_ticks_entered_by_mistake_are_taken_back_and_both_are_in_the_trail(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("unit-head", OURS), persons_by_unit[OURS].ids["hoa"]
    page = attended(user, persons_by_unit[OURS], "hoa")
    tick(user, page, hoa, "1")
    form = f"{page}quan-sat/{OBSERVED}/{hoa}/"
    assert user.post(f"{form}huy/", form).status_code == 303
    assert kept(store) == []
    trail = user.get("nhat-ky/").text
    assert "Ghi phiếu quan sát của lớp" in trail
    assert "Hủy phiếu quan sát của lớp" in trail
    assert "Lò Thị Hoa" not in trail.partition("Hủy phiếu quan sát")[0]


def test_ten_lines_that_were_changed_meanwhile_are_looked_at_again(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = attended(user, persons_by_unit[OURS], "hoa")
    answer = tick(user, page, hoa, "2", rubric="0" * 16)
    assert answer.status_code == 422
    assert "Mười dòng đã được sửa" in answer.text
    assert ("2", " checked") in BOX.findall(answer.text)
    assert kept(store) == []


def test_ticks_by_former_lines_stay_and_are_not_counted_beside_new_ones(
    app: FastAPI,
    programme: Programme,
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = attended(user, persons_by_unit[OURS], "hoa")
    tick(user, page, hoa, "2")
    task = programme.observed_tasks[OBSERVED]
    changed = task.model_copy(update={"rubric": (*task.rubric[:9], "Đọc to cả trang")})
    tasks = type(programme.observed_tasks)({**programme.observed_tasks, OBSERVED: changed})
    monkeypatch.setitem(app.state.service.programme.__dict__, "observed_tasks", tasks)
    listed = user.get(f"{page}quan-sat/{OBSERVED}/").text
    assert "Ghi theo mười dòng cũ" in listed
    assert "Dòng nào hay bị bỏ sót" not in listed
    form = user.get(f"{page}quan-sat/{OBSERVED}/{hoa}/").text
    assert {mark for _, mark in BOX.findall(form)} == {""}
    assert "dòng đã thấy: 2." in user.get(f"nguoi/{hoa}/").text


# --- how often each line was seen -------------------------------------------------------------


def test_a_trainer_sees_which_lines_most_of_a_class_missed(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, persons = signed_in("trainer", OURS), persons_by_unit[OURS]
    before = attended(user, persons, "dua")
    tick(user, before, persons.ids["dua"], "1", "2")
    page = attended(user, persons, "hoa", "minh", sheet_ref="PK-2")
    tick(user, page, persons.ids["hoa"], "1", "2")
    tick(user, page, persons.ids["minh"], "1")
    shown = user.get(f"{page}quan-sat/{OBSERVED}/").text
    rows = re.findall(
        r'<th scope="row">(\d+)\. (.*?)</th><td class="number">(.+?)</td><td class="number">(.+?)</td>', shown
    )
    assert [(row[2], row[3]) for row in rows[:3]] == [("2", "3"), ("1", "2"), ("0", "0")]
    assert ["Quá nửa chưa làm" in row[1] for row in rows[:3]] == [False, False, True]


def test_classes_out_of_reach_are_not_counted(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    office = signed_in("office", PROVINCE)
    theirs = attended(office, persons_by_unit[THEIRS], "sua", unit=THEIRS)
    tick(office, theirs, persons_by_unit[THEIRS].ids["sua"], "1")
    user = signed_in("trainer", OURS)
    page = attended(user, persons_by_unit[OURS], "hoa", sheet_ref="PK-2")
    tick(user, page, persons_by_unit[OURS].ids["hoa"], "1")
    assert "(1 người)" in user.get(f"{page}quan-sat/{OBSERVED}/").text
    assert "(2 người)" in office.get(f"{page}quan-sat/{OBSERVED}/").text


# --- whose it is ------------------------------------------------------------------------------


def test_nobody_looks_at_or_ticks_in_a_class_out_of_reach(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    office, sua = signed_in("office", PROVINCE), persons_by_unit[THEIRS].ids["sua"]
    page = attended(office, persons_by_unit[THEIRS], "sua", unit=THEIRS)
    tick(office, page, sua, "1")
    before, user = kept(store), signed_in("trainer", OURS)
    form = f"{page}quan-sat/{OBSERVED}/{sua}/"
    assert {user.get(path).status_code for path in (form, f"{page}quan-sat/{OBSERVED}/")} == {404}
    rubric = RUBRIC.findall(office.get(form).text)
    assert user.post(form, "nguoi/", seen="2", rubric=rubric).status_code == 404
    assert user.post(f"{form}huy/", "nguoi/").status_code == 404
    assert kept(store) == before


def test_a_person_is_shown_their_own_ticks_and_never_those_of_classes_out_of_reach(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    office, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    ours = attended(office, persons_by_unit[OURS], "hoa")
    theirs = hold(office, unit=THEIRS, sheet_ref="PK-9")
    office.post(f"{theirs}co-mat/", theirs, person=hoa)
    tick(office, ours, hoa, "1")
    tick(office, theirs, hoa, "1", "2")
    shown = {
        unit: signed_in(role, unit).get(f"nguoi/{hoa}/").text  # type: ignore[arg-type]
        for role, unit in (("trainer", OURS), ("office", PROVINCE))
    }
    assert [text.count("<strong>đã thấy</strong>") for text in shown.values()] == [1, 3]


@pytest.mark.parametrize("path", ["quan-sat/khong-co/", f"quan-sat/{OBSERVED}/khong-co/"])
def test_what_is_no_task_of_the_course_and_who_did_not_attend_are_no_pages(
    path: str, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    page = attended(user, persons_by_unit[OURS], "hoa")
    assert user.get(f"{page}{path}").status_code == 404
    absent = persons_by_unit[OURS].ids["minh"]
    form = f"{page}quan-sat/{OBSERVED}/{absent}/"
    assert user.post(form, "nguoi/", seen="1", rubric="-").status_code == 404


def test_a_class_that_was_withdrawn_has_no_ticks_to_see(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    page = attended(user, persons_by_unit[OURS], "hoa")
    tick(user, page, hoa, "1")
    proven(user)
    assert user.post(f"{page}huy/", page, reason="ghi nhầm").status_code == 303
    assert user.get(f"{page}quan-sat/{OBSERVED}/").status_code == 404
    assert "Việc quan sát" not in user.get(page).text
    assert "Việc quan sát" not in user.get(f"nguoi/{hoa}/").text


def test_who_was_erased_stands_on_no_list_to_tick(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ids = signed_in("office", PROVINCE), persons_by_unit[OURS].ids
    page = attended(user, persons_by_unit[OURS], "hoa", "minh")
    tick(user, page, ids["hoa"], "1")
    store.write(lambda within: people.erase_person(within, ids["hoa"], by=OPERATOR, now=store.now()))
    listed = user.get(f"{page}quan-sat/{OBSERVED}/").text
    assert ids["hoa"] not in listed
    assert user.get(f"{page}quan-sat/{OBSERVED}/{ids['hoa']}/").status_code == 404


# --- never a condition, never a figure --------------------------------------------------------


def test_no_completion_figure_or_report_knows_of_them(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ids = signed_in("office", PROVINCE), persons_by_unit[OURS].ids
    page = attended(user, persons_by_unit[OURS], "hoa", minutes="10")

    def told() -> list[object]:
        user.get("")  # The first page after a form says what was done.
        pages = ("chi-tieu/", "bao-cao/", "chua-tap-huan/")
        return [
            done(store, ids["hoa"]),
            *(user.get(path).text for path in pages),
            user.browser.get("/tien-do/").text,
        ]

    before = [re.sub(r'value="[0-9a-f-]{36,64}"', "", str(part)) for part in told()]
    tick(user, page, ids["hoa"], *map(str, range(1, 11)))
    assert [re.sub(r'value="[0-9a-f-]{36,64}"', "", str(part)) for part in told()] == before


@pytest.mark.parametrize(
    "sent",
    [
        {"seen": ["11", "0", "-1", "١", "1; DROP TABLE observation"]},
        {"seen": ["1"] * 500},
        {"seen": ["1"], "note": "nói hay", "ticks": "1" * 10},
    ],
    ids=["no lines", "one line many times", "fields that there are not"],
)
def test_only_ten_ticks_are_kept_whatever_is_sent(
    sent: dict[str, object], signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = attended(user, persons_by_unit[OURS], "hoa")
    form = f"{page}quan-sat/{OBSERVED}/{hoa}/"
    rubric = RUBRIC.findall(user.get(form).text)
    assert user.post(form, form, rubric=rubric, **sent).status_code == 303
    assert kept(store) == [(hoa, "1000000000" if "1" in sent["seen"] else "0" * 10)]  # type: ignore[operator]
