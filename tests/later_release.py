"""Software of a later release: one that has a migration more, so that ledgers of today are older than it."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import indent

import pytest

from taphuan.records import schema
from taphuan.records.store import store

LATER = "0002_later"
MIGRATION = '''"""A migration of a later release."""

from alembic import op
from taphuan.records.events.row_digests import vouch_again
from taphuan.records.schema.columns import guard_statements, unguard_statements

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
{changes}
'''


def install_later_release(
    monkeypatch: pytest.MonkeyPatch, folder: Path, changes: str = 'op.execute("DELETE FROM session")'
) -> None:
    """Makes this process the software of a later release, whose migration does `changes`.

    `folder` gets a copy of the migrations and must not exist.
    """
    shutil.copytree(store.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    migration = MIGRATION.format(revision=LATER, before=schema.REVISION, changes=indent(changes, "    "))
    (folder / "versions" / f"{LATER}.py").write_text(migration, encoding="utf-8")
    monkeypatch.setattr(store, "SCRIPTS", folder)
    monkeypatch.setattr(schema, "REVISION", LATER)
