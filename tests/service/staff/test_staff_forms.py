"""Forms are declared once: a page draws what its reader asks for, and lists what is wrong in that order."""

from __future__ import annotations

import ast
import re
from datetime import date

import pytest
from programmes import REPOSITORY
from staff_users import PROVINCE, SignedIn
from starlette.datastructures import FormData

from taphuan.service.staff.entries import ENTRY_PAGES, EntryPage
from taphuan.service.staff.forms import FormReader, catalogue, staff_form

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("page", ENTRY_PAGES, ids=lambda page: page.path)
def test_an_empty_form_is_told_what_each_field_lacks_in_their_order(
    page: EntryPage, signed_in: SignedIn
) -> None:
    answer = signed_in("office", PROVINCE).post(page.path, page.path)
    assert answer.status_code == 422
    required = [field for field in staff_form(page.kind.name).fields.values() if not field.optional]
    listed = re.findall(r'<li><a href="#[^"]+">([^<]+)</a>', answer.text)
    lacking = [field.missing.partition("{")[0] for field in required]
    pairs = zip(listed, lacking, strict=True)
    assert [text for text, lack in pairs if not text.startswith(lack)] == []


@pytest.mark.parametrize("name", ["activity", "plan", "class"])
def test_a_page_draws_every_field_that_is_read(name: str, signed_in: SignedIn) -> None:
    paths = {page.kind.name: page.path for page in ENTRY_PAGES} | {"class": "lop/"}
    text = signed_in("office", PROVINCE).get(paths[name]).text
    for field in staff_form(name).fields.values():
        assert f'<label for="{field.name}">{field.label}' in text
        assert f' name="{field.name}"' in text


def test_a_field_that_may_be_blank_reads_as_nothing_and_is_no_problem() -> None:
    reading = FormReader(FormData({"sheet_ref": " ", "trainer": "\u200b"}))
    values = reading.read(staff_form("class").only("sheet_ref", "trainer"), TODAY)
    assert (values, reading.problems) == ({"sheet_ref": None, "trainer": ""}, {})


def test_a_field_has_the_limits_that_its_form_is_given() -> None:
    form = staff_form("plan").only("first_year").filled(first_year={"least": 2026, "most": 2031})
    reading = FormReader(FormData({"first_year": "2032"}))
    reading.read(form, TODAY)
    assert reading.problems == {"first_year": "Ghi một số từ 2026 đến 2031."}


def test_every_sentence_that_a_page_asks_for_is_declared() -> None:
    asked = {
        node.args[0].value
        for path in (REPOSITORY / "generator/service/staff").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message"
        if isinstance(node.args[0], ast.Constant)
    }
    assert len(asked) > 40
    for name in asked:
        table, _, sentence = name.rpartition(".")
        assert sentence in catalogue()[table or "messages"], name
