"""Brings a database to the newest tables."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text

from ...errors import OperatorError
from .. import schema

SCRIPTS = Path(__file__).parent.parent / "migrations"


def migrate(connection: Connection) -> None:
    """Applies what is missing, in the transaction that is open. Raises OperatorError for a newer database."""
    if _revision(connection) == schema.REVISION:
        return
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    try:
        command.upgrade(settings, "head")
    except CommandError:
        raise OperatorError(
            "cơ sở dữ liệu này do một bản phần mềm mới hơn tạo ra",
            fix="cài bản phần mềm mới nhất, rồi mở lại",
        ) from None


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)
