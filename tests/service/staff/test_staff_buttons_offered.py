"""No button is offered that only leads to a refusal."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from staff_users import OPERATOR, OURS, PROVINCE, SignedIn, UnitPersons

from taphuan.records import Store, people
from taphuan.records.access.accounts import Role
from taphuan.records.training import corrections

COURSE = "nuoc-sach"
PLACES = [
    *(("trainer", OURS), ("trainer", PROVINCE), ("unit-head", OURS), ("unit-head", PROVINCE)),
    *(("office", OURS), ("office", PROVINCE)),
]


@pytest.mark.parametrize(("role", "unit"), PLACES)
def test_every_page_offered_at_home_opens(role: Role, unit: str, signed_in: SignedIn) -> None:
    user = signed_in(role, unit)
    home = user.get("").text
    offered = re.findall(r'<li><a href="/can-bo/([a-z-]+/)">', home)
    assert len(offered) >= 8
    proof = "/can-bo/xac-minh/"
    for path in offered:
        answer = user.get(path)
        assert answer.status_code == 200 or answer.headers.get("location", "").startswith(proof), path
    assert ("so-lieu/" in offered) == (role == "office" and unit == PROVINCE)


@pytest.mark.parametrize(("role", "count"), [("trainer", 0), ("unit-head", 1), ("office", 3)])
def test_only_what_may_be_taken_back_has_a_button_for_it(
    role: Role, count: int, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    """A document, a waiver and a merge: a unit head takes back the first alone."""
    hoa, dua, now = persons_by_unit[OURS].ids["hoa"], persons_by_unit[OURS].ids["dua"], store.now()

    def settle(connection):  # type: ignore[no-untyped-def]
        known = {"by": OPERATOR, "now": now}
        corrections.record_document(
            connection, hoa, COURSE, document="1/QĐ", day=now.date(), event_id=str(uuid4()), **known
        )
        corrections.waive(connection, hoa, COURSE, event_id=str(uuid4()), **known)
        people.merge_persons(connection, dua, into=hoa, **known)

    store.write(settle)
    page = signed_in(role, OURS).get(f"nguoi/{hoa}/").text
    assert page.count("/huy/") == count


def test_a_sheet_to_sign_is_offered_only_for_courses_that_list_people(signed_in: SignedIn) -> None:
    page = signed_in("trainer", OURS).get("lop/").text
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    (listed,) = (one for one in forms if "phieu-ky/" in one)
    assert "Ghi lớp" not in listed, "what prints stands apart from what is recorded"
    (nameless,) = (one for one in forms if 'name="anonymous" value="yes"' in one)
    assert f'value="{COURSE}"' in listed
    assert 'value="dong-dang-vien"' not in listed
    assert 'value="dong-dang-vien"' in nameless
    assert 'name="trainer"' not in nameless


def test_what_is_wrong_with_a_sheet_to_sign_is_told_in_its_own_form(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    answer = user.post("lop/phieu-ky/", "lop/", sheet="yes", unit=OURS, course="", held_on="mai")
    forms = re.findall(r"<form.*?</form>", answer.text, re.DOTALL)
    (wrong,) = (form for form in forms if "field__error" in form)
    assert "phieu-ky/" in wrong
    assert 'href="#khoa-in"' in answer.text
    assert 'value="mai"' in wrong


def test_what_is_wrong_with_an_anonymous_class_is_told_in_its_own_form(signed_in: SignedIn) -> None:
    fields = {"anonymous": "yes", "course": COURSE, "unit": OURS, "held_on": "1/3/2026", "minutes": "0"}
    answer = signed_in("trainer", OURS).post("lop/", "lop/", **fields)
    assert answer.status_code == 422
    listed, _, nameless = answer.text.partition("Lớp không ghi danh tính")
    assert "field__error" not in listed
    assert nameless.count("field__error") == 2
    assert "<details open>" in nameless
