"""What the trail says of signing in, for tests of staff."""

from __future__ import annotations

from sqlalchemy import select

from taphuan.records import Store, schema


def noted(store: Store, *actions: str) -> list[tuple[str, str]]:
    """What the trail has of these, after all that still waits has been written."""
    store.write(lambda connection: None)
    table = schema.audit.c
    query = select(table.action, table.reason).where(table.action.in_(actions)).order_by(table.at)
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(query)]
