"""PostgreSQL behind the service: what it does not take, and what is answered while it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from anyio.from_thread import BlockingPortal
from askers import office
from asking import Clock
from desks import SignedIn
from fastapi import FastAPI
from postgres_server import PostgresServer
from test_staff_matrix import Place, places
from test_staff_poison import noted, settings, walked

from generator.records import Store

__all__ = ["noted", "places", "settings"]


@pytest.fixture
def store(postgres: PostgresServer, clock: Clock) -> Iterator[Store]:
    with Store.open(postgres.create(f"trial_{uuid4().hex}"), clock=clock) as opened:
        yield opened


def test_nothing_that_is_sent_reaches_postgresql_as_what_it_refuses(
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    places: dict[str, Place],
    store: Store,
    noted: set[str],
) -> None:
    """It takes no NUL in a text and no number of more than 64 bits, not even to find nothing by it."""
    asker = office(app, signed_in, places, store)
    walked(portal, asker, noted, ("a nul",))
