"""Whatever is sent to any operation, by whoever is signed in: an answer of ours, which tells nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import ORIGIN, Browser
from fastapi import FastAPI
from hostile_requests import TEXTS, Operation, encoded, operations
from raw_clients import PRINTING, RawClient, learner, office
from staff_operations import Place
from staff_users import SignedIn
from starlette.datastructures import FormData

from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import Settings
from taphuan.service.http.settings import Rate

pytestmark = pytest.mark.thorough

BOUNDLESS = Rate(burst=10_000_000, seconds=1)
#: What ends a session, after which the rest would be asked by nobody; asked last.
ENDING = ("/can-bo/dang-xuat/", "/hoc-vien/dang-xuat/", "/api/session", "/can-bo/mat-khau/")
WITHDRAWING = {"huy", "khoa", "xoa-ten", "thu-hoi", "{event}", "{other}"}
#: Texts that are tried in each field for itself; the others only in all of them at once.
WORST = ("all of it",)
MANY = ("a nul", "a lone surrogate", "digits without end")
#: What frees memory before it looks at a list: once for each text is enough.
READING = ("/can-bo/danh-sach/thu/", "/can-bo/danh-sach/chot/")
#: Files, which take long to make and read no address.
FILES = (".pdf", ".xlsx")
#: Parameters of an address that no route declares.
UNDECLARED = ("ct", "dv", "hoc", "ky", "xep")


@pytest.fixture
def settings() -> Settings:
    rates = [one.name for one in fields(Settings) if isinstance(one.default, Rate)]
    return Settings(address=ORIGIN, **dict.fromkeys(rates, BOUNDLESS))


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the fields that a handler looked for."""
    names: set[str] = set()
    for way in ("get", "getlist"):
        looked = getattr(FormData, way)

        def noting(form: FormData, key: Any, *more: Any, looked: Any = looked) -> Any:
            names.add(key)
            return looked(form, key, *more)

        monkeypatch.setattr(FormData, way, noting)
    return names


def asked_in_turn(app: FastAPI) -> list[Operation]:
    """Those that take something back, and those that end a session, after all others."""

    def rank(one: Operation) -> tuple[bool, bool]:
        return one.path in ENDING, one.path.rsplit("/", 2)[-2] in WITHDRAWING

    return sorted(operations(app), key=rank)


async def poisoned(asker: RawClient, noted: set[str], texts: Collection[str], each: Collection[str]) -> None:
    """Asks every operation with poison in its path, its address, all fields of its form and each of them."""
    for one in asked_in_turn(asker.app):
        for name in texts:
            if "{" in one.path:
                await asker.send(one, {}, f"{name} in its path", asker.path(one, TEXTS[name]))
            if one.method == "GET" and not one.path.endswith(FILES):
                query = encoded([(key, TEXTS[name]) for key in (*one.queries, *UNDECLARED)]).decode()
                await asker.ask(one, f"{name} in its query", f"{asker.path(one)}?{query}")
        if one.method == "POST" and not one.path.startswith("/api/"):
            await _forms(asker, one, noted, texts, each)


async def _forms(
    asker: RawClient, one: Operation, noted: set[str], texts: Collection[str], each: Collection[str]
) -> None:
    noted.clear()
    if one.path not in PRINTING:
        await asker.send(one, asker.fields(one), "as it should be")
    looked = noted - {"token"}
    for name in texts if looked else ():
        await asker.send(one, dict.fromkeys(looked, TEXTS[name]), f"{name} in every field")
    for key in sorted(looked) if one.path not in READING else ():
        for name in each:
            await asker.send(one, asker.fields(one) | {key: TEXTS[name]}, f"{name} in {key}")


def walked(portal: BlockingPortal, asker: RawClient, noted: set[str], texts: Collection[str]) -> None:
    portal.call(poisoned, asker, noted, texts, WORST)
    assert asker.faults == []


@pytest.mark.slow
def test_nothing_that_the_office_sends_is_answered_with_an_error_of_ours(
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    places: dict[str, Place],
    store: Store,
    noted: set[str],
) -> None:
    asker = office(app, signed_in, places, store)
    walked(portal, asker, noted, MANY)
    assert asker.asked[200] + asker.asked[303] > asker.asked.total() / 4, "it has to be let in"


def test_nothing_that_others_send_is_answered_with_an_error_of_ours(
    app: FastAPI,
    portal: BlockingPortal,
    places: dict[str, Place],
    store: Store,
    browser: Browser,
    hashing: Hashing,
    noted: set[str],
) -> None:
    walked(portal, learner(app, browser, places, store, hashing), noted, WORST)
    walked(portal, RawClient(app=app, ids={}), noted, WORST)


@pytest.mark.soak
def test_no_poison_of_the_whole_table_is_answered_with_an_error_of_ours(
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    places: dict[str, Place],
    store: Store,
    noted: set[str],
) -> None:
    asker = office(app, signed_in, places, store)
    portal.call(poisoned, asker, noted, TEXTS, TEXTS)
    assert asker.faults == []
