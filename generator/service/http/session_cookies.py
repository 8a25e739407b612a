"""The reader of a request, a learner or staff, known by a cookie; and the token of their forms."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import people
from ...records.access.accounts import Account, account_by_id
from ...records.access.sessions import Session, session_of, token_sha256
from ...records.people import Person
from .settings import MOST_KEYS, Settings

#: Before anybody is signed in, a form's token is bound to this cookie instead.
STRANGER = "form"
SIGNED_IN = "sid"
#: A word for what was just done, which the next page says.
DONE = "done"
#: Tokens and words as we give them; others are never sent back, nor looked for.
GIVEN = re.compile(r"[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64})?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Somebody signed in: a learner has a person, staff an account.

    Forms are bound to `lasting`, which stays when the session's token is renewed.
    """

    lasting: str
    session: Session
    person: Person | None = None
    account: Account | None = None


class Cookie(NamedTuple):
    """A cookie of ours: a word, or a token and, once it was renewed, what was lasting before.

    Both are empty where the reader sent none; what was lasting opens nothing by itself.
    """

    token: str
    lasting: str


def find_viewer(connection: Connection, cookie: Cookie, now: datetime) -> Viewer | None:
    """Returns the holder of a cookie, or None; a merged person is the remaining one, an erased one nobody."""
    token, lasting = cookie
    lasting = lasting or hmac.digest(token.encode(), b"lasting", hashlib.sha256).hex()
    session = session_of(connection, token, now=now)
    if session is None:
        return None
    if session.account is not None:
        return Viewer(lasting=lasting, session=session, account=account_by_id(connection, session.account))
    person = people.person(connection, session.person or "")
    if person.merged_into is not None:
        person = people.person(connection, person.merged_into)
    return None if person.erased_at else Viewer(lasting=lasting, session=session, person=person)


def viewer_of(request: Request) -> Viewer | None:
    """Returns the viewer found for this request; None where no route has asked."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    return viewer


# --- cookies ----------------------------------------------------------------------------------


def cookie_name(name: str, settings: Settings) -> str:
    """Returns the cookie's name; `__Host-` makes browsers refuse other hosts and paths, and needs https."""
    return f"__Host-{name}" if settings.is_secure else name


def cookie_of(request: Request, settings: Settings, name: str = SIGNED_IN) -> Cookie:
    """Returns a cookie of ours; an empty one where we cannot have given what came."""
    value = request.cookies.get(cookie_name(name, settings), "")
    token, _, lasting = value.partition(".") if GIVEN.fullmatch(value) else ("", "", "")
    return Cookie(token, lasting)


def put_cookie(
    response: Response,
    settings: Settings,
    token: str,
    name: str = SIGNED_IN,
    *,
    seconds: int | None = None,
) -> None:
    """Sets the cookie for so many seconds, or until the browser is closed: machines are shared."""
    response.set_cookie(
        cookie_name(name, settings),
        token,
        max_age=seconds,
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, settings: Settings, name: str = SIGNED_IN) -> None:
    response.delete_cookie(
        cookie_name(name, settings), path="/", secure=settings.is_secure, httponly=True, samesite="lax"
    )


# --- tokens of forms --------------------------------------------------------------------------


def form_token(request: Request) -> str:
    """Returns the token that a form on this page must send back; "" where it has no form.

    It cannot be made without the cookie's secret, and does not reveal it.
    """
    viewer = viewer_of(request)
    secret = viewer.lasting if viewer else getattr(request.state, "stranger", "")
    return hmac.digest(secret.encode(), b"form", hashlib.sha256).hex() if secret else ""


class RecentSessions:
    """Keeps who was found with a token, by the token's hash; of too many the longest unused are dropped."""

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
        """Returns the owner of a token, or "" where it was not seen since the service started."""
        return self._owners.get(token_sha256(token)) if token else None
