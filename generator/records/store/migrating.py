"""What a database holds, and bringing it to the newest tables."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from .. import schema
from . import refusing

SCRIPTS = Path(__file__).parent.parent / "migrations"
#: Tables that every database of ours has had from the first migration on.
OURS = frozenset({"alembic_version", "event", "identity", "unit"})

#: No table at all; a ledger of before, of now, of software to come; or tables that are not ours.
Found = Literal["nothing", "older", "current", "newer", "foreign"]


def found(connection: Connection) -> Found:
    """Returns what the database holds. Writes nothing."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return "nothing"
    if not tables >= OURS:
        return "foreign"
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision == schema.REVISION:
        return "current"
    return "older" if revision in _revisions() else "newer"


def migrate(connection: Connection, place: str) -> Found:
    """Applies what is missing, in the transaction that is open; what was there before.

    Raises OperatorError for a newer database, and for one that is not ours.
    """
    before = found(connection)
    require_ours(before, place)
    if before != "current":
        settings = _settings()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
    return before


def require_ours(found: Found, place: str) -> None:
    """Raises OperatorError for a newer database, and for one that is not ours."""
    if found == "newer":
        raise refusing.newer(place)
    if found == "foreign":
        raise refusing.foreign(place)


def _revisions() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_settings()).walk_revisions())


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings
