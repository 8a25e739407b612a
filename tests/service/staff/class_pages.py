"""Pages of a class and its papers, walked by staff in tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from fixtures_service import PAPER_101
from staff_users import OURS, StaffUser

from taphuan import quiz
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question_parts import LETTERS
from taphuan.quiz import Answer, Form, FormQuestion
from taphuan.records import Store
from taphuan.records.training import progress

COURSE = "nuoc-sach"


ONCE = re.compile(r'name="once" value="([0-9a-f-]{36})"')


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


def waiting_entries(user: StaffUser) -> list[str]:
    """The entries that may be confirmed, as the page offers them."""
    return re.findall(r'name="event" value="([0-9a-f-]{36})"', user.get("doi-chieu/").text)


def done(store: Store, person: str) -> list[tuple[str, str]]:
    with store.read() as connection:
        return [(one.course, one.evidence) for one in progress.completions(connection, person)]


def letters(asked: FormQuestion, answer: Answer) -> str:
    """What a right answer sheet says, as `render.paper.forms` prints it in the key."""
    if answer.kind == "true-false":
        return "Đ" if answer.right == ("true",) else "S"
    if answer.kind == "fill-in":
        lists = [[part for part in asked.parts if part[:9] == id[:9]] for id in answer.right]
        return " ".join(f"{n}{LETTERS[lists[n - 1].index(id)]}" for n, id in enumerate(answer.right, 1))
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


def chosen_paper() -> dict[str, str]:
    return {"course": COURSE, "code": PAPER_101, "sown": "1", "name": "thi hoa"}


def enter(user: StaffUser, person: str, written: Mapping[str, str], **fields: str):  # type: ignore[no-untyped-def]
    chosen = chosen_paper()
    page = user.post("bai-giay/", "bai-giay/", **chosen)
    assert page.text.count("letters__one") == 6
    once = ONCE.findall(page.text)[0]
    whole = {**chosen, **written, "once": once, "person": person, "day": "2026-03-01", **fields}
    return user.post("bai-giay/cham/", "bai-giay/", **whole)
