"""The page docs/architecture.md has the rooms as they import, its stories the functions as entered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import anyio.from_thread
import grimp
import pytest
from asgi_browser import ORIGIN, right_responses, serve, stored_form
from call_tracer import CallTracer
from fixtures_service import REPOSITORY, write_programme
from roster_uploads import CSV, LESS, WANTED, hidden_fields
from staff_users import OPERATOR, OURS, PROVINCE, SignedIn, UnitPersons

import taphuan
from taphuan.programme.loader import load
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.render.markdown_text import Prose
from taphuan.render.paper import sheets
from taphuan.render.site import pages

PAGE = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")
PICTURE = PAGE.partition("```mermaid")[2].partition("```")[0]
HOP = re.compile(r"`([a-z_/]+\.py:[A-Za-z_.]+)`")


def hops_told(story: int) -> list[str]:
    """Returns the functions that a story names, in its order."""
    text = PAGE.partition(f"## Story {story}:")[2].partition("\n## ")[0]
    return HOP.findall(text)


def assert_told_in_order(story: int, tracer: CallTracer) -> None:
    told, entered = hops_told(story), tracer.hops
    assert len(told) >= 8
    assert [hop for hop in told if hop not in entered] == []
    assert told == sorted(told, key=entered.index)


@pytest.fixture(autouse=True)
def tracer() -> Iterator[CallTracer]:
    """Made before any thread of the service is started."""
    tracer = CallTracer()
    yield tracer
    tracer.close()


@pytest.fixture
def portal(tracer: CallTracer) -> Iterator[anyio.from_thread.BlockingPortal]:
    with anyio.from_thread.start_blocking_portal("asyncio") as portal:
        yield portal


def test_a_question_is_told_from_its_bank_to_the_cell_of_a_report(
    signed_in: SignedIn,
    app,
    portal,
    store: Store,
    hashing: Hashing,
    persons_by_unit: dict[str, UnitPersons],
    tracer: CallTracer,
    tmp_path: Path,
) -> None:
    learner_id = persons_by_unit[OURS].ids["hoa"]
    code = LearnerSignIn(store, hashing).issue([learner_id], by=OPERATOR)[learner_id].text
    office = signed_in("office", PROVINCE)
    office.prove()
    asked = {"token": office.browser.token("/can-bo/bao-cao/"), "period": "2026H1", "kind": "docx"}
    root = write_programme(tmp_path / "programme")
    with serve(app, portal, ORIGIN) as learner:
        with tracer.recording():
            load(root)
        learner.sign_in(code)
        with tracer.recording():
            attempt, form = learner.begin()
        right = right_responses(*stored_form(store, form))
        with tracer.recording():
            learner.hand_in(attempt, form, right)
            office.browser.post("/can-bo/bao-cao/", data=asked)
    assert_told_in_order(1, tracer)


def test_a_citation_is_told_from_its_lesson_to_the_printed_note(tracer: CallTracer, tmp_path: Path) -> None:
    root = write_programme(tmp_path / "programme")
    with tracer.recording():
        programme = load(root).programme
        assert programme is not None
        printed = list(sheets(programme, Prose(programme), site_url=""))
        drawn = list(pages(programme))
    assert printed
    assert drawn
    assert_told_in_order(2, tracer)


def test_a_cell_is_told_from_the_list_to_the_share_on_the_public_page(
    signed_in: SignedIn, tracer: CallTracer
) -> None:
    office = signed_in("office", PROVINCE)
    office.prove()
    data = {"token": office.browser.token("/can-bo/danh-sach/"), **WANTED, "as_of": "2026-03-02"}
    files = {"file": ("danh-sach.csv", CSV.encode())}
    with tracer.recording():
        preview = office.browser.post("/can-bo/danh-sach/thu/", data=data, files=files)
        office.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(preview) | LESS)
        public = office.browser.get("/tien-do/")
    assert public.status_code == 200
    assert_told_in_order(3, tracer)


def test_the_picture_has_every_room_and_only_arrows_that_are_imports() -> None:
    package = Path(taphuan.__file__).parent
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    rooms |= {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}
    assert set(re.findall(r"^ +(\w+)\[", PICTURE, re.MULTILINE)) == rooms
    graph = grimp.build_graph("taphuan")
    arrows = re.findall(r"^ +(\w+) --> (\w+)$", PICTURE, re.MULTILINE)
    assert len(arrows) >= len(rooms)
    for importer, imported in arrows:
        chains = graph.find_shortest_chains(f"taphuan.{importer}", f"taphuan.{imported}")
        assert any(len(chain) == 2 for chain in chains), f"{importer} imports nothing of {imported}"
