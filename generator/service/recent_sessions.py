"""Whose the sessions are that were used lately, known without the database; a restart forgets it."""

from __future__ import annotations

from collections import OrderedDict

from ..records.access.sessions import token_sha256
from .rates import MOST_KEYS


class RecentSessions:
    """Keeps who was found with a token, by the token's hash; of too many the longest unused are forgotten."""

    def __init__(self, most: int = MOST_KEYS) -> None:
        self._most = most
        self._owners: OrderedDict[str, str] = OrderedDict()

    def note(self, token: str, owner: str) -> None:
        key = token_sha256(token)
        self._owners[key] = owner
        self._owners.move_to_end(key)
        while len(self._owners) > self._most:
            self._owners.popitem(last=False)

    def owner(self, token: str) -> str | None:
        """Returns who was found with a token; nobody where it was not seen since the service started."""
        return self._owners.get(token_sha256(token)) if token else None
