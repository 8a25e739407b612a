"""A test on paper, from its letters to a completion."""

from __future__ import annotations

import re
from uuid import uuid4

from class_pages import COURSE, ONCE, chosen_paper, done, enter, hold, right_sheet, waiting_entries
from fixtures_service import PAPER_101, PAPER_102
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.training import progress
from taphuan.records.training.corrections import void

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


def test_right_letters_with_a_signed_sheet_complete_the_course(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = enter(user, hoa, right_sheet(programme), sheet="Tập 3")
    assert "6/6" in page.text
    assert done(store, hoa) == [(COURSE, "B")]


def test_a_fill_in_on_paper_is_read_blank_by_blank(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme
) -> None:
    user, hoa, written = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"], right_sheet(programme)
    (box,) = (box for box, letters in written.items() if re.fullmatch("1[A-C] 2[AB]", letters))
    assert "số và chữ, như 1B 2A" in user.post("bai-giay/", "bai-giay/", **chosen_paper()).text
    refused = enter(user, hoa, {**written, box: "1A 2C"}, sheet="Tập 3")
    assert refused.status_code == 422
    assert f"Câu {box[1:]}: chỉ có các chữ cái từ A đến B" in refused.text
    wrong = {"1A": "1B", "1B": "1C", "1C": "1A"}[written[box][:2]] + written[box][2:]
    assert "5/6" in enter(user, hoa, {**written, box: wrong}, sheet="Tập 3").text


def test_a_paper_without_a_sheet_waits_for_somebody_else(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    enter(user, hoa, right_sheet(programme))
    assert done(store, hoa) == []
    waiting = user.get("doi-chieu/").text
    assert "cần một người khác xác nhận" in waiting
    other = signed_in("trainer", OURS)
    once, entry = ONCE.findall(other.get("doi-chieu/").text)[0], waiting_entries(other)[0]
    own = user.post("doi-chieu/", "bai-giay/", event=entry, once=once, reason="xem bài")
    assert own.status_code == 422
    assert done(store, hoa) == []
    confirmed = {"event": entry, "once": once, "reason": "đã xem bài"}
    assert other.post("doi-chieu/", "doi-chieu/", **confirmed).status_code == 303
    assert done(store, hoa) == [(COURSE, "D")]
    assert other.post("doi-chieu/", "doi-chieu/", **confirmed).status_code == 303
    late = signed_in("trainer", OURS).post("doi-chieu/", "bai-giay/", event=entry, reason="đã xem bài")
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
    (entry,) = waiting_entries(other)
    store.write(lambda within: void(within, entry, event_id=str(uuid4()), by=OPERATOR, now=store.now()))
    late = other.post("doi-chieu/", "bai-giay/", event=entry, reason="đã xem bài")
    assert (late.status_code, "Mục này đã hủy ghi nhận" in late.text) == (422, True)


def test_the_next_paper_keeps_course_form_day_and_file(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, store: Store
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    after = enter(user, ids["hoa"], right_sheet(programme, 102), code=PAPER_102, sheet="Tập 3")
    kept = dict(FIELD.findall(after.text))
    assert kept == {"code": PAPER_102, "sown": "1", "day": "2026-03-01", "sheet": "Tập 3", "name": ""}
    assert f'<option value="{COURSE}" selected>' in after.text
    assert "<dt>Ngày làm bài</dt><dd>01/3/2026</dd>" in after.text
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
