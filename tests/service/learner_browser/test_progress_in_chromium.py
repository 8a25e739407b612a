"""The public page of progress in a real browser: on a phone, and on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from browser_thread import in_browser_thread
from fixtures_service import AN, BINH, OPERATOR, TwoLearners
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.records import Store, people, staff_entries
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.staff_entries import CommunicationActivity
from taphuan.records.training.corrections import record_document

#: Words of the drawings that stick out of their card, by how many px.
STICKING_OUT = """() => [...document.querySelectorAll(".progress-card svg text")]
  .filter((text) => text.checkVisibility())
  .map((text) => {
    const card = text.closest(".progress-card").getBoundingClientRect(), box = text.getBoundingClientRect();
    return [text.textContent, Math.max(card.left - box.left, box.right - card.right)];
  }).filter(([, out]) => out > 0)"""


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """The sample, its goal where least room is left before it for the words of it."""
    trained = programme.charter.targets["can-bo-duoc-tap-huan"].model_copy(update={"share": 57})
    targets = ReadOnly({**programme.charter.targets, "can-bo-duoc-tap-huan": trained})
    return replace(programme, charter=programme.charter.model_copy(update={"targets": targets}))


@pytest.fixture
def counted(store: Store, two_learners: TwoLearners) -> None:
    """Has seven of 210 persons trained and an activity of their commune on record."""
    now = store.now()
    added = [NewPerson(full_name=f"Lò Văn {at}", position=None, unit="00101") for at in range(208)]

    def settle(within: Any) -> None:
        listed = [AN, BINH, *people.add_persons(within, added, by=OPERATOR, now=now)]
        members = [RosterMember(person=person, unit="00101") for person in listed]
        given = {"as_of": now.date(), "decision_ref": "12/QĐ", "source_sha256": "0" * 64}
        people.freeze_roster(within, members, level="commune", by=OPERATOR, now=now, **given)
        held = {"unit": "00101", "held_on": now.date(), "place_kind": "chợ phiên", "audience": "nguoi-dan"}
        staff_entries.enter(within, CommunicationActivity, **held, headcount=9, by=OPERATOR, now=now)
        for person in listed[:7]:
            document = {"document": "1/QĐ", "day": now.date(), "event_id": str(uuid4())}
            record_document(within, person, "nuoc-sach", **document, by=OPERATOR, now=now)

    store.write(settle)


@pytest.mark.usefixtures("counted")
@in_browser_thread
def test_no_words_of_a_drawing_leave_their_card_on_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/tien-do/")
    assert page.locator(".share-bar").count() == 1
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.usefixtures("counted")
@in_browser_thread
def test_two_sheets_are_enough_and_the_years_stand_with_their_heading(address: str, page: Page) -> None:
    page.goto(f"{address}/tien-do/")
    printed = PdfDocument(page.pdf(prefer_css_page_size=True))
    sheets = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in printed]
    whole = " ".join(sheets)
    assert len(sheets) <= 2
    (with_years,) = [sheet for sheet in sheets if "Theo 06 tháng, từ 2026 đến 2030" in sheet]
    assert all(f" {year} " in with_years for year in range(2026, 2031))
    assert "Bảng số theo 06 tháng" in whole
    assert "Xem bảng số" not in whole, "which nobody can press on paper"
    assert "Nguồn: sổ ghi kết quả tập huấn" in sheets[-1]
