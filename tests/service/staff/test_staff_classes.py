"""A class, from its sheet to who attended; a paper, from its letters to a completion; a slip of that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from uuid import uuid4

import pytest
from asgi_browser import Clock
from fixtures_service import PAPER_101, PAPER_102
from sqlalchemy import func, select
from staff_users import NAMES, OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan import quiz
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.response import LETTERS
from taphuan.quiz import Answer, Form, FormQuestion
from taphuan.records import Store, people, schema
from taphuan.records.audit_trail import trail
from taphuan.records.people import NewPerson
from taphuan.records.staff_entries import listed
from taphuan.records.training import progress
from taphuan.records.training.classes import ClassSession
from taphuan.records.training.corrections import void
from taphuan.service.staff import base
from taphuan.service.staff.people import attendance

COURSE = "nuoc-sach"
ONCE = re.compile(r'name="once" value="([0-9a-f-]{36})"')
#: A field of the form for the next paper.
FIELD = re.compile(r'<input class="field__input[^>]* name="(\w+)"[^>]* value="([^"]*)"')
ANY_FIELD = re.compile(r"<input [^>]*>")


def form_of(page: str) -> dict[str, str]:
    """What a page's form of answers sends as it stands; boxes for letters are left out."""
    found = {}
    for tag in ANY_FIELD.findall(page):
        known = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_off = known.get("type") in {"radio", "checkbox"} and " checked" not in tag
        if "name" in known and not is_off and known["name"] != "token":
            found[known["name"]] = known.get("value", "")
    for name, inside in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = "".join(re.findall(r'value="([^"]+)" selected', inside))
    return {name: value for name, value in found.items() if not re.fullmatch(r"c\d+", name)}


def hold(user: StaffUser, **fields: str) -> str:
    """A class of our commune, and its page."""
    whole = {
        "course": COURSE,
        "unit": OURS,
        "held_on": "2026-03-01",
        "minutes": "600",
        "trainer": "Tôi",
        "headcount": "2",
        "sheet_ref": "PK-1",
    }
    answer = user.post("lop/", "lop/", **{**whole, **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).removeprefix("/can-bo/").partition("?")[0]


def done(store: Store, person: str) -> list[tuple[str, str]]:
    with store.read() as connection:
        return [(one.course, one.evidence) for one in progress.completions(connection, person)]


def test_who_attended_a_whole_course_has_completed_it(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = hold(user)
    answer = user.post(f"{page}co-mat/", page, once=ONCE.findall(user.get(page).text)[0], person=hoa)
    assert answer.status_code == 303
    assert done(store, hoa) == [(COURSE, "B")]
    assert "<strong>1</strong>/2" in user.get(page).text


BOX = re.compile(r'<input type="checkbox" name="person" value="([^"]+)"( checked)?>')


def test_everybody_is_ticked_without_a_script_and_nothing_is_recorded(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ours = signed_in("office", PROVINCE), persons_by_unit[OURS]
    page, guest = hold(user, headcount="9"), persons_by_unit[THEIRS].ids["sua"]
    assert (
        f'formaction="/can-bo/{page}chon/" name="all" value="yes">Chọn tất cả 4 người' in user.get(page).text
    )
    ticked = user.post(f"{page}chon/", page, all="yes", person=guest)
    assert ticked.status_code == 200
    assert {id: bool(mark) for id, mark in BOX.findall(ticked.text)} == dict.fromkeys(
        [*ours.all, guest], True
    )
    assert "chưa ghi vào sổ" in ticked.text
    assert [done(store, one) for one in ours.all] == [[], [], [], []]
    cleared = user.post(f"{page}chon/", page, all="no", person=ours.all)
    assert {bool(mark) for _, mark in BOX.findall(cleared.text)} == {False}
    assert user.post(f"{page}co-mat/", page, person=[*ours.all, guest]).status_code == 303
    assert [done(store, one) for one in (*ours.all, guest)] == [[(COURSE, "B")]] * 5


def test_whoever_was_ticked_from_another_unit_stays_when_something_is_wrong(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, guest = signed_in("office", PROVINCE), persons_by_unit[THEIRS].ids["sua"]
    page = hold(user, headcount="1")
    answer = user.post(f"{page}co-mat/", page, person=[persons_by_unit[OURS].ids["hoa"], guest])
    assert answer.status_code == 422
    assert (guest, " checked") in BOX.findall(answer.text)


def test_nobody_out_of_reach_is_ticked_into_a_class(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, guest = signed_in("trainer", OURS), persons_by_unit[THEIRS].ids["sua"]
    page = hold(user)
    assert user.post(f"{page}chon/", page, all="yes", person=guest).status_code == 404


def test_one_rule_is_published_told_and_recorded(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    """All lessons of the sample take 30 minutes; nobody has said that a class may be shorter."""
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    assert "Nước sạch cho cán bộ xã (dự đủ 30 phút là hoàn thành)" in user.get("lop/").text
    assert ">Nước sạch cho cộng tác viên</option>" in user.get("lop/").text
    first, second = hold(user, minutes="20"), hold(user, minutes="10", sheet_ref="PK-2")
    for page in (first, second):
        assert done(store, hoa) == []
        assert "Người dự đủ 30 phút" in user.get(page).text
        once = ONCE.findall(user.get(page).text)[0]
        assert user.post(f"{page}co-mat/", page, once=once, person=hoa).status_code == 303
    assert done(store, hoa) == [(COURSE, "B")]
    rule = '{"attempts":3,"minutes":30,"pass_share":80}'
    with store.read() as connection:
        published = connection.execute(select(schema.course_version)).one()
        (completed,) = progress.completions(connection, hoa)
    assert (published.course, published.version, published.rule) == (COURSE, completed.version, rule)
    assert completed.rule == rule
    assert "Giả định, chờ cơ quan chủ trì xác nhận: người dự lớp đủ 30 phút" in user.get("chi-tieu/").text


def test_the_same_form_twice_writes_once_and_never_more_than_the_heads(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].all
    page = hold(user)
    once = ONCE.findall(user.get(page).text)[0]
    for _ in range(2):
        assert user.post(f"{page}co-mat/", page, once=once, person=ids[:2]).status_code == 303
    assert "<strong>2</strong>/2" in user.get(page).text
    too_many = user.post(f"{page}co-mat/", page, once=once, person=ids[:3])
    assert too_many.status_code == 422
    assert "đã điểm danh 2, chọn thêm 1." in too_many.text


def test_somebody_merged_since_attended_once(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    page = hold(user, headcount="1")
    once = ONCE.findall(user.get(page).text)[0]
    user.post(f"{page}co-mat/", page, once=once, person=ids["dua"])
    now = store.now()
    store.write(
        lambda within: people.merge_persons(within, ids["dua"], into=ids["dua-2"], by=OPERATOR, now=now)
    )
    assert "<strong>1</strong>/1" in user.get(page).text
    again = ONCE.findall(user.get(page).text)[0]
    assert user.post(f"{page}co-mat/", page, once=again, person=ids["dua-2"]).status_code == 303
    with store.read() as connection:
        attended = (
            select(func.count()).select_from(schema.event).where(schema.event.c.kind == "session.attended")
        )
        assert connection.execute(attended).scalar() == 1


def test_a_pasted_list_is_matched_and_shown_before_anything_is_written(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    page = hold(user)
    names = "1. Lò Thị Hoa\nGiang Thi Dua\nLò Văn Sủa\nVàng A Mình"
    seen = user.post(f"{page}dan/", page, names=names).text
    review = seen[seen.index('id="xem-lai"') : seen.index("Chọn người có mặt")]
    assert len(re.findall(r"checkbox[^>]*checked", review)) == 2
    assert "có 2 người cùng tên" in review
    assert "Lò Văn Sủa: <strong>không có ai tên này" in review
    assert "<strong>0</strong>/2" in seen


def test_of_everybody_only_who_is_named_in_a_pasted_list_is_read(
    signed_in: SignedIn, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, read = signed_in("trainer", OURS), []
    many = [NewPerson(full_name=f"Lò Văn {n:05}", position=None, unit=OURS) for n in range(1_000)]
    store.write(lambda within: people.add_persons(within, many, by=OPERATOR, now=store.now()))
    matched = attendance.match_names
    monkeypatch.setattr(
        attendance, "match_names", lambda text, found: read.append(len(found)) or matched(text, found)
    )
    page = hold(user)
    seen = user.post(f"{page}dan/", page, names="lo van 00007\nGiàng Thị Đua\nNguyễn Lạ").text
    assert "Lò Văn 00007" in seen
    assert read == [3]


def test_without_marks_a_name_is_found_also_for_a_script(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    token = user.browser.token("/can-bo/nguoi/")
    answer = user.browser.post(
        "/can-bo/nguoi/", data={"token": token, "name": "thi hoa"}, headers={"Accept": "application/json"}
    )
    assert [one["name"] for one in answer.json()] == ["Lò Thị Hoa"]
    assert answer.headers["cache-control"] == "no-store"


def test_an_anonymous_class_keeps_no_name(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    assert hold(user, anonymous="yes", trainer="", headcount="12") == "lop/"
    with store.read() as connection:
        (held,) = listed(connection, ClassSession)
    assert (held.anonymous, held.trainer, held.sheet_ref, held.unit) == (True, None, None, OURS)


def test_for_people_who_are_never_registered_there_is_no_sheet_to_sign(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    for fields in ({"course": "dong-dang-vien"}, {"course": COURSE, "anonymous": "yes"}):
        answer = user.post("lop/phieu-ky/", "lop/", unit=OURS, **fields)
        assert answer.status_code == 422
        assert "không có danh sách ký tên" in answer.text
        assert "Lò Thị Hoa" not in answer.text


def test_the_trail_of_an_anonymous_class_names_no_sheet(signed_in: SignedIn, store: Store) -> None:
    hold(signed_in("trainer", OURS), anonymous="yes", headcount="12", sheet_ref="PK-20260301-7K2M9Q")
    with store.read() as connection:
        said = connection.execute(select(schema.audit.c.reason).filter_by(action="class.held")).scalar()
        assert said == "ghi lớp tập huấn"


def test_a_course_that_counts_for_nothing_is_always_anonymous(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    assert hold(user, course="dong-dang-vien", headcount="4") == "lop/"
    with store.read() as connection:
        (held,) = listed(connection, ClassSession)
        assert (held.anonymous, held.unit) == (True, people.province(connection).id)


# --- papers -----------------------------------------------------------------------------------


def letters(asked: FormQuestion, answer: Answer) -> str:
    """What a right answer sheet says, as `render.paper.forms` prints it in the key."""
    if answer.kind == "true-false":
        return "Đ" if answer.right == ("true",) else "S"
    place = dict(zip(asked.parts, LETTERS, strict=False))
    if answer.kind == "matching":
        rights = [pair.split("=")[1] for pair in answer.right]
        return " ".join(f"{number}{place[right]}" for number, right in enumerate(rights, 1))
    return " ".join(place[id] for id in answer.right)


def right_sheet(programme: Programme, code: int = 101) -> Mapping[str, str]:
    seed = quiz.seed_of(COURSE, "1", str(code))
    return right_sheet_of(
        programme, quiz.draw(programme, programme.courses[COURSE], seed, on=date(2026, 3, 2))
    )


def right_sheet_of(programme: Programme, form: Form) -> Mapping[str, str]:
    key = quiz.answer_key(programme, form)
    return {f"c{number}": letters(asked, key[asked.id]) for number, asked in enumerate(form.asked, 1)}


def enter(user: StaffUser, person: str, written: Mapping[str, str], **fields: str):  # type: ignore[no-untyped-def]
    chosen = {"course": COURSE, "code": PAPER_101, "sown": "1", "name": "thi hoa"}
    page = user.post("bai-giay/", "bai-giay/", **chosen)
    assert page.text.count("letters__one") == 6
    once = ONCE.findall(page.text)[0]
    whole = {**chosen, **written, "once": once, "person": person, "day": "2026-03-01", **fields}
    return user.post("bai-giay/cham/", "bai-giay/", **whole)


def test_right_letters_with_a_signed_sheet_complete_the_course(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = enter(user, hoa, right_sheet(programme), sheet="Tập 3")
    assert "6/6" in page.text
    assert done(store, hoa) == [(COURSE, "B")]


def test_a_paper_without_a_sheet_waits_for_somebody_else(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    enter(user, hoa, right_sheet(programme))
    assert done(store, hoa) == []
    waiting = user.get("doi-chieu/").text
    assert "cần một người khác xác nhận" in waiting
    other = signed_in("trainer", OURS)
    target = re.findall(r'action="/can-bo/(doi-chieu/[0-9a-f-]+/)"', other.get("doi-chieu/").text)[0]
    once = ONCE.findall(other.get("doi-chieu/").text)[0]
    own = user.post(target, "bai-giay/", once=once, reason="xem bài")
    assert own.status_code == 422
    assert done(store, hoa) == []
    assert other.post(target, "doi-chieu/", once=once, reason="đã xem bài").status_code == 303
    assert done(store, hoa) == [(COURSE, "D")]
    assert other.post(target, "doi-chieu/", once=once, reason="đã xem bài").status_code == 303
    late = signed_in("trainer", OURS).post(target, "bai-giay/", reason="đã xem bài")
    assert (late.status_code, "đã được xác nhận" in late.text) == (422, True)


def test_a_file_number_of_blanks_is_none_and_its_paper_waits(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    hoa = persons_by_unit[OURS].ids["hoa"]
    page = enter(signed_in("trainer", OURS), hoa, right_sheet(programme), sheet=" \u200b ")
    assert "Đã ghi, chưa được tính" in page.text
    assert "bài lưu ở" not in page.text
    assert done(store, hoa) == []


def test_a_paper_that_was_voided_meanwhile_is_not_countersigned(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    enter(user, hoa, right_sheet(programme))
    other = signed_in("trainer", OURS)
    target = re.findall(r'action="/can-bo/(doi-chieu/[0-9a-f-]+/)"', other.get("doi-chieu/").text)[0]
    entry = target.split("/")[1]
    store.write(lambda within: void(within, entry, event_id=str(uuid4()), by=OPERATOR, now=store.now()))
    late = other.post(target, "bai-giay/", reason="đã xem bài")
    assert (late.status_code, "Mục này đã hủy ghi nhận" in late.text) == (422, True)


def test_the_next_paper_keeps_course_form_day_and_file(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    after = enter(user, ids["hoa"], right_sheet(programme, 102), code=PAPER_102, sheet="Tập 3")
    kept = dict(FIELD.findall(after.text))
    assert kept == {"code": PAPER_102, "sown": "1", "day": "2026-03-01", "sheet": "Tập 3", "name": ""}
    assert f'<option value="{COURSE}" selected>' in after.text
    page = user.post("bai-giay/", "bai-giay/", course=COURSE, **{**kept, "name": "minh"})
    assert 'value="2026-03-01"' in page.text
    assert 'value="Tập 3"' in page.text
    assert user.post(
        "bai-giay/cham/", "bai-giay/", **form_of(page.text), **right_sheet(programme, 102)
    ).is_success
    assert done(store, ids["minh"]) == [(COURSE, "B")]


def test_a_name_that_nobody_has_loses_nothing_of_what_was_kept(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    kept = {"course": COURSE, "code": PAPER_102, "sown": "1", "day": "2026-03-01", "sheet": "Tập 3"}
    page = signed_in("trainer", OURS).post("bai-giay/", "bai-giay/", **kept, name="không có ai")
    assert page.status_code == 422
    assert form_of(page.text).items() >= {**kept, "name": "không có ai"}.items()


def test_the_people_of_a_class_are_offered_until_each_has_a_paper(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    page = hold(user, minutes="10")
    here = [ids["hoa"], ids["minh"]]
    assert user.post(f"{page}co-mat/", page, person=here).status_code == 303
    session = page.split("/")[1]
    assert f'<option value="{session}">01/3/2026, Xã Suối Trong' in user.get("bai-giay/").text
    chosen = {"course": COURSE, "code": PAPER_101, "sown": "1", "session": session, "name": ""}
    opened = user.post("bai-giay/", "bai-giay/", **chosen)
    assert set(re.findall(r'name="person" value="([^"]+)"', opened.text)) == set(here)
    assert form_of(opened.text)["day"] == "01/3/2026"
    assert form_of(opened.text)["sheet"] == ""
    given = {**form_of(opened.text), **right_sheet(programme), "sheet": "Tập 3", "person": ids["hoa"]}
    after = user.post("bai-giay/cham/", "bai-giay/", **given)
    assert re.findall(r'name="person" value="([^"]+)"', after.text) == [ids["minh"]]
    kept = {**chosen, "day": "01/3/2026", "sheet": "Tập 3", "person": ids["minh"]}
    opened = user.post("bai-giay/", "bai-giay/", **kept)
    assert form_of(opened.text)["person"] == ids["minh"]
    assert user.post(
        "bai-giay/cham/", "bai-giay/", **form_of(opened.text), **right_sheet(programme)
    ).is_success
    assert done(store, ids["minh"]) == [(COURSE, "B")]


def test_a_class_of_others_opens_no_papers(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = hold(signed_in("trainer", THEIRS), unit=THEIRS)
    chosen = {"course": COURSE, "code": PAPER_101, "sown": "1", "session": page.split("/")[1], "name": ""}
    assert signed_in("trainer", OURS).post("bai-giay/", "bai-giay/", **chosen).status_code == 404


def test_letters_that_cannot_be_read_are_pointed_out_and_nothing_is_written(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = enter(user, hoa, {**right_sheet(programme), "c1": "?9"})
    assert page.status_code == 422
    assert 'id="loi-c1"' in page.text
    blank = enter(user, hoa, {**right_sheet(programme), "c2": ""})
    assert "Câu 2 chưa có câu trả lời" in blank.text
    with store.read() as connection:
        assert progress.attempts(connection, hoa) == ()


def test_the_key_is_on_no_page_of_the_staff(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user = signed_in("office", PROVINCE)
    enter(user, persons_by_unit[OURS].ids["hoa"], right_sheet(programme), sheet="Tập 3")
    seen = "".join(answer.text for answer in user.browser.seen)
    for id, (bank, _) in programme.questions.items():
        assert bank.use != "test" or id not in seen
    assert "LOIGIAI" not in seen
    assert "PHANHOI" not in seen


# --- slips ------------------------------------------------------------------------------------


def test_a_slip_is_public_without_a_name_until_it_is_revoked(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user, hoa = signed_in("unit-head", OURS), persons_by_unit[OURS].ids["hoa"]
    enter(user, hoa, right_sheet(programme), sheet="Tập 3")
    given = user.post(f"nguoi/{hoa}/phieu/{COURSE}/", f"nguoi/{hoa}/")
    serial = re.findall(r"/([0-9A-Z]{24})\.pdf", given.headers["location"])[0]
    public = user.browser.get(f"/xac-nhan/{serial}").text
    assert "còn giá trị" in public
    assert "Hoa" not in public
    again = user.post(f"nguoi/{hoa}/phieu/{COURSE}/", f"nguoi/{hoa}/")
    assert serial in again.headers["location"]
    user.post(f"phieu-xac-nhan/{serial}/thu-hoi/", f"nguoi/{hoa}/", reason="in nhầm")
    assert "đã bị thu hồi" in user.browser.get(f"/xac-nhan/{serial}").text
    assert user.get(f"phieu-xac-nhan/{serial}.pdf").status_code == 404


def test_another_unit_cannot_print_a_slip(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    enter(user, hoa, right_sheet(programme), sheet="Tập 3")
    location = user.post(f"nguoi/{hoa}/phieu/{COURSE}/", f"nguoi/{hoa}/").headers["location"]
    other = signed_in("unit-head", THEIRS)
    assert other.browser.get(location).status_code == 404


def test_a_class_has_its_slips_in_one_file_and_says_who_lacks_what(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheets: list[str] = []
    monkeypatch.setattr(base, "print_sheet", lambda sheet: sheets.append(sheet.html) or b"%PDF")
    user, ids = signed_in("unit-head", OURS), persons_by_unit[OURS].ids
    long, short = hold(user, minutes="20"), hold(user, minutes="10", sheet_ref="PK-2", headcount="4")
    attend_all = user.post(f"{long}co-mat/", long, person=[ids["hoa"], ids["minh"]])
    assert attend_all.status_code == 303
    assert (
        user.post(f"{short}co-mat/", short, person=[ids["hoa"], ids["minh"], ids["dua"]]).status_code == 303
    )
    unsigned = hold(user, minutes="30", sheet_ref="", headcount="4")
    assert user.post(f"{unsigned}co-mat/", unsigned, person=ids["dua-2"]).status_code == 303
    page = user.get(short).text
    assert "<strong>2</strong>/3 người đã hoàn thành khóa; 1 người chưa có phiếu" in page
    assert re.findall(r"<td>([^<]+)</td>", page) == ["mới dự 10/30 phút"]
    assert "có mục chờ đối chiếu" in user.get(unsigned).text
    for _ in range(2):
        clock.forward(minutes=1)
        answer = user.post(f"{short}phieu/", short)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert sheets[-1].count('<section class="certificate">') == 2
        assert [name in sheets[-1] for name in NAMES[OURS].values()] == [True, True, False, False]
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.certificate)) == 2
        assert len(trail(connection, action="certificate.issued")) == 2, "printing again issues nothing"


def test_a_slip_that_was_revoked_is_not_given_again_with_the_class(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, hoa = signed_in("unit-head", OURS), persons_by_unit[OURS].ids["hoa"]
    page = hold(user)
    assert user.post(f"{page}co-mat/", page, person=hoa).status_code == 303
    given = user.post(f"nguoi/{hoa}/phieu/{COURSE}/", f"nguoi/{hoa}/").headers["location"]
    serial = re.findall(r"/([0-9A-Z]{24})\.pdf", given)[0]
    user.post(f"phieu-xac-nhan/{serial}/thu-hoi/", f"nguoi/{hoa}/", reason="in nhầm")
    answer = user.post(f"{page}phieu/", page)
    assert answer.status_code == 422
    assert "Chưa có người nào trong lớp được in phiếu" in answer.text
    assert "phiếu đã bị thu hồi; cấp lại ở hồ sơ của người này" in answer.text


def test_a_class_of_others_gives_no_slips(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = hold(signed_in("trainer", THEIRS), unit=THEIRS)
    assert signed_in("unit-head", OURS).post(f"{page}phieu/", "lop/").status_code == 404
