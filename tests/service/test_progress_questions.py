"""A question that is open stands below the cards, and says of which targets it is where not of all."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from asgi_browser import Browser
from fixtures_service import AN, BINH, OPERATOR, TwoLearners
from sqlalchemy import Connection

from taphuan.programme.model.plan import Counting
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.records import Store, people
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.training.corrections import record_document

TRAINED, OPEN = "can-bo-duoc-tap-huan", "gieng-nao-duoc-dem"
NOTE = re.compile(r'<p class="note" data-open.*?</p>', re.DOTALL)


@pytest.fixture(scope="session")
def programme(request: pytest.FixtureRequest, programme: Programme) -> Programme:
    """With two targets of training, of which the second rests on what the test says."""
    trained = programme.charter.targets[TRAINED].model_copy(update={"assumes": (OPEN,)})
    changed = {"title": "Cán bộ thôn", "courses": Counting(any_of=("nuoc-sach",)), "assumes": request.param}
    villages = trained.model_copy(update=changed)
    targets = ReadOnly({TRAINED: trained, "villages": villages})
    charter = programme.charter.model_copy(update={"targets": targets})
    question = programme.decisions[OPEN].model_copy(update={"decided": None})
    decisions = ReadOnly({**programme.decisions, OPEN: question})
    return replace(programme, charter=charter, decisions=decisions)


@pytest.mark.parametrize(
    ("programme", "of_which"),
    [((OPEN,), ""), ((), " của “Cán bộ xã được tập huấn”")],
    ids=["both rest on it", "one does"],
    indirect=["programme"],
)
def test_a_question_names_the_targets_that_rest_on_it_where_others_do_not(
    of_which: str, browser: Browser, two_learners: TwoLearners, store: Store
) -> None:
    day = store.now().date()

    def settle(within: Connection) -> None:
        by, now = OPERATOR, store.now()
        new = [NewPerson(full_name=f"Lò Văn {letter}", position=None, unit="00101") for letter in "ABCDEFGH"]
        listed = (AN, BINH, *people.add_persons(within, new, by=by, now=now))
        members = [RosterMember(person=person, unit="00101") for person in listed]
        about = {"as_of": day, "decision_ref": "12/QĐ", "source_sha256": "0" * 64}
        people.freeze_roster(within, members, level="commune", **about, by=by, now=now)  # type: ignore[arg-type]
        for person in listed[:6]:
            paper = {"document": "1/QĐ", "day": day, "event_id": str(uuid4())}
            record_document(within, person, "nuoc-sach", **paper, by=by, now=now)  # type: ignore[arg-type]

    store.write(settle)
    (note,) = NOTE.findall(browser.get("/tien-do/").text)
    said = " ".join(re.sub(r"<[^>]+>", " ", note).split())
    assert said.startswith(f"Chưa kết luận: cách tính tạm{of_which}, chờ Sở Mẫu hướng dẫn.")
