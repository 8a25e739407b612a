"""Real databases to test on: SQLite files, and one PostgreSQL server for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from clocks import Clock
from computed_once import computed_once
from digest_tables import lived
from fixtures_province import (
    Province,
    set_up_province,
)
from postgres_server import postgres_server
from sqlalchemy import (
    Engine,
    create_engine,
    text,
)
from sqlalchemy.pool import NullPool

from taphuan.records import Store, schema
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import (
    LearnerSignIn,
)
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.schema.columns import ONLY_GROW


@pytest.fixture
def clock() -> Clock:
    return Clock()


# --- databases --------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _computed_once() -> Iterator[None]:
    with computed_once():
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """A server of our own, with a database `pattern` whose tables are made."""
    with postgres_server() as server:
        Store.open(server.create("pattern")).close()
        yield server.engine


def _named(engine: Engine, database: str) -> str:
    return engine.url.set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file whose tables are made."""
    path = tmp_path_factory.mktemp("pattern") / "pattern.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(pattern: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(pattern, tmp_path / 'records.db')}"


@pytest.fixture
def postgresql_url(postgres: Engine) -> Iterator[str]:
    """Of a database that is emptied afterwards, and thrown away where a test has cut into its tables."""
    address = _named(postgres, "trial")
    with postgres.connect() as connection:
        if not connection.scalar(text("SELECT count(*) FROM pg_database WHERE datname = 'trial'")):
            connection.execute(text("CREATE DATABASE trial TEMPLATE pattern"))
    yield address
    if not _emptied(address):
        with postgres.connect() as connection:
            connection.execute(text("DROP DATABASE trial WITH (FORCE)"))


def _emptied(address: str) -> bool:
    """Empties every table, triggers and keys aside; whether all is as the migration made it."""
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        deleted = "; ".join(f"DELETE FROM {table}" for table in schema.METADATA.tables)
        connection.execute(text(f"DO $$ BEGIN {deleted}; END $$"))
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
        triggers = connection.scalar(text("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
    return (version, triggers) == (schema.REVISION, len(ONLY_GROW))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Of a new database, of either kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    with Store.open(url, clock=clock) as opened:
        yield opened


@pytest.fixture
def province(store: Store) -> Province:
    """Six persons of three units, on a roster."""
    return set_up_province(store)


@pytest.fixture(scope="session")
def both(postgres: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """A store on each database, with the same people in it; what a test writes there it takes back."""
    path = tmp_path_factory.mktemp("histories") / "records.db"
    with postgres.connect() as connection:
        connection.execute(text("CREATE DATABASE histories TEMPLATE pattern"))
    with (
        Store.open(f"sqlite:///{path}", clock=Clock()) as sqlite_store,
        Store.open(_named(postgres, "histories"), clock=Clock()) as postgresql_store,
    ):
        set_up_province(sqlite_store)
        set_up_province(postgresql_store)
        yield sqlite_store, postgresql_store


@pytest.fixture
def hashing() -> Iterator[Hashing]:
    """Argon2 at its cheapest, so that tests are quick."""
    hashing = Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield hashing
    hashing.close()


@pytest.fixture
def learners(province: Province, hashing: Hashing) -> LearnerSignIn:
    return LearnerSignIn(province.store, hashing)


@pytest.fixture
def staff(province: Province, hashing: Hashing) -> StaffSignIn:
    return StaffSignIn(province.store, hashing)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in which each table has rows; what a test does to it, it takes back."""
    url = f"sqlite:///{tmp_path_factory.mktemp('filled')}/records.db"
    if request.param == "postgresql":
        postgres: Engine = request.getfixturevalue("postgres")
        with postgres.connect() as connection:
            # A process that steals tests from another comes to this module a second time.
            connection.execute(text("DROP DATABASE IF EXISTS filled"))
            connection.execute(text("CREATE DATABASE filled TEMPLATE pattern"))
        url = postgres.url.set(database="filled").render_as_string(hide_password=False)
    with Store.open(url, clock=Clock()) as store:
        lived(set_up_province(store))
        assert store.verify() == ()
        yield store
