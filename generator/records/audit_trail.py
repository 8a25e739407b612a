"""The audit trail: who wrote what, when and why, as it is written and as it is read.

What learners hand in is not in it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, null, or_, select, union_all

from . import schema
from .errors import Unattributed
from .events import row_digests

Clock = Callable[[], datetime]
NewId = Callable[[], str]


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """Returns a random id (UUID 4) in lower case, from the system's secure source."""
    return str(uuid.uuid4())


@dataclass(frozen=True, kw_only=True)
class By:
    """The one who writes (an account's id or the command line's user), and the reason."""

    actor: str
    reason: str

    def __post_init__(self) -> None:
        if not self.actor.strip() or not self.reason.strip():
            raise Unattributed("an actor and a reason are needed")


def note(connection: Connection, action: str, subject: str, *, by: By, now: datetime) -> None:
    """Adds a row to the audit trail. `subject` is an id, never a name, a code or a token."""
    row = {"id": new_id(), "at": now, "action": action, "subject": subject}
    row_digests.add_rows(connection, schema.audit, [{**row, "actor": by.actor, "reason": by.reason}])


INVITATION_ACCEPTED = "account.accepted"
SIGNED_IN = "account.signed-in"
SIGNED_OUT = "account.signed-out"
SIGN_IN_REFUSED = "account.refused"
#: A name that nobody has. What was typed is not kept: it may be somebody's password.
UNKNOWN_SIGN_IN = "sign-in.unknown"
NOBODY = "-"
PASSWORD_CHANGED = "account.password-changed"
OTHERS_ENDED = "account.other-sessions-ended"
SECOND_FACTOR_PROVED = "account.proved"
TOTP_REFUSED = "account.totp-refused"
TOTP_BOUND = "account.totp-bound"
TOTP_RENEWED = "account.totp-renewed"
SECOND_FACTOR_WAIVED = "second-factor.waived"
SECOND_FACTOR_REQUIRED = "second-factor.required"
SIGN_IN_ACTIONS = frozenset(
    {
        *(
            INVITATION_ACCEPTED,
            SIGNED_IN,
            SIGNED_OUT,
            SIGN_IN_REFUSED,
            UNKNOWN_SIGN_IN,
            PASSWORD_CHANGED,
            OTHERS_ENDED,
        ),
        *(
            SECOND_FACTOR_PROVED,
            TOTP_REFUSED,
            TOTP_BOUND,
            TOTP_RENEWED,
            SECOND_FACTOR_WAIVED,
            SECOND_FACTOR_REQUIRED,
        ),
    }
)

BY_PASSWORD = "by password alone"
CODE_TO_COME = "by password, code still to be given"
BY_LINK = "by the one-time link"
WRONG_PASSWORD = "wrong password"
NO_SUCH_NAME = "nobody has the name"
WHILE_LOCKED = "while locked"
SWITCHED_OFF = "the account is switched off"
WRONG_DIGITS = "wrong digits"
ITSELF = "did so"


def by_account(account: str, reason: str = ITSELF) -> By:
    """Returns the holder of the account, who acts for themselves."""
    return By(actor=account, reason=reason)


def by_unknown(reason: str) -> By:
    """Returns the writer that stands for a person nobody has identified."""
    return By(actor="system", reason=reason)


#: The kinds of events that void or confirm another event.
TARGETED = ("voided", "countersigned")
PERSON_MERGED = "person.merged"


class TargetEvent(NamedTuple):
    """The event that another one voids or confirms: its place in the ledger and its kind."""

    seq: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class TrailEntry:
    """A thing that was written. `subject` is an id: for an event, the person's. Never holds an answer."""

    id: str
    at: datetime
    actor: str
    action: str
    subject: str
    reason: str
    course: str | None = None
    target: TargetEvent | None = None
    into: str | None = None
    """The person who remains, where two were merged."""

    @property
    def position(self) -> TrailPosition:
        return TrailPosition(self.at, self.id)


class TrailPosition(NamedTuple):
    """The place of an entry in the trail; the newest has the greatest."""

    at: datetime
    id: str


def persons_changed_since(connection: Connection, moment: datetime) -> Mapping[str, datetime]:
    """Returns when name, position or unit last changed, for persons where that was after a moment."""
    audit = schema.audit.c
    last = func.max(audit.at, type_=audit.at.type)
    query = select(audit.subject, last).where(audit.action == "person.changed", audit.at > moment)
    return {person: at for person, at in connection.execute(query.group_by(audit.subject))}


def trail(
    connection: Connection,
    *,
    units: Collection[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    action: str | None = None,
    before: TrailPosition | None = None,
    limit: int = 50,
) -> tuple[TrailEntry, ...]:
    """Returns entries, newest first: from `since` on, earlier than `until`, after `before` in that order.

    With `units`, only what was written about their persons, classes, activities, plans, or themselves.
    """
    audit, event = schema.audit.c, schema.event.c
    audited = _narrowed(_AUDITED, audit.at, audit.id, since, until, before, limit)
    stated = _narrowed(_STATED, event.received_at, event.event_id, since, until, before, limit)
    if action is not None:
        audited, stated = audited.where(audit.action == action), stated.where(event.kind == action)
    if units is not None:
        audited = audited.where(audit.subject.in_(_subjects_of_units(units)))
        stated = stated.where(event.person.in_(_persons_of_units(units)))
    entries = (*_read_entries(connection, audited), *_read_entries(connection, stated))
    return tuple(sorted(entries, key=lambda entry: entry.position, reverse=True)[:limit])


_AUDIT, _EVENT = schema.audit.c, schema.event.c
_AUDITED = select(
    *(_AUDIT[name] for name in ("id", "at", "actor", "action", "subject", "reason")),
    null().label("course"),
    null().label("payload"),
)
_STATED = select(
    _EVENT.event_id.label("id"),
    _EVENT.received_at.label("at"),
    _EVENT.actor,
    _EVENT.kind.label("action"),
    _EVENT.person.label("subject"),
    _EVENT.reason,
    _EVENT.course,
    # Payloads of other kinds hold answers, which are not taken out of the ledger.
    case((_EVENT.kind.in_((*TARGETED, PERSON_MERGED)), _EVENT.payload), else_=null()).label("payload"),
).where(_EVENT.actor.is_not(None))


def _narrowed(
    query: Select[Any],
    at: ColumnElement[datetime],
    id: ColumnElement[str],
    since: datetime | None,
    until: datetime | None,
    before: TrailPosition | None,
    limit: int,
) -> Select[Any]:
    if since is not None:
        query = query.where(at >= since)
    if until is not None:
        query = query.where(at < until)
    if before is not None:
        query = query.where(at <= before.at, or_(at < before.at, and_(at == before.at, id < before.id)))
    return query.order_by(at.desc(), id.desc()).limit(limit)


# --- entries of units --------------------------------------------------------------------------


def _persons_of_units(units: Collection[str]) -> Select[Any]:
    """Returns the persons who are in these units today; a merged one is where the one who remains is."""
    person = schema.person.c
    present = select(person.id).where(person.unit.in_(units), person.merged_into.is_(None))
    return select(person.id).where(or_(person.id.in_(present), person.merged_into.in_(present)))


def _subjects_of_units(units: Collection[str]) -> Any:
    tables = (table.c for table in schema.ENTRY_TABLES if "unit" in table.c)
    own = (select(table.id).where(table.unit.in_(units)) for table in tables)
    return union_all(
        _persons_of_units(units), select(schema.unit.c.id).where(schema.unit.c.id.in_(units)), *own
    )


# --- reading ----------------------------------------------------------------------------------


def _read_entries(connection: Connection, query: Select[Any]) -> Iterable[TrailEntry]:
    rows = connection.execute(query).mappings().all()
    payloads = {row["id"]: json.loads(row["payload"] or "{}") for row in rows}
    targets = _target_events(
        connection, [payload["target"] for payload in payloads.values() if "target" in payload]
    )
    for row in rows:
        cells = {name: value for name, value in row.items() if name != "payload"}
        payload = payloads[row["id"]]
        yield TrailEntry(**cells, target=targets.get(payload.get("target", "")), into=payload.get("into"))


def _target_events(connection: Connection, ids: Collection[str]) -> Mapping[str, TargetEvent]:
    query = select(_EVENT.event_id, _EVENT.seq, _EVENT.kind).where(_EVENT.event_id.in_(ids))
    return {row.event_id: TargetEvent(row.seq, row.kind) for row in connection.execute(query)} if ids else {}


def last_audited(connection: Connection, action: str, subjects: Collection[str]) -> Mapping[str, TrailEntry]:
    """Returns the last audit entry of an action for each of these subjects."""
    query = _AUDITED.where(_AUDIT.action == action, _AUDIT.subject.in_(subjects))
    entries = _read_entries(connection, query.order_by(_AUDIT.at, _AUDIT.id))
    return {entry.subject: entry for entry in entries}


def count_changes(connection: Connection) -> int:
    """Returns how many entries of the audit are not about signing in."""
    return connection.scalar(select(func.count()).where(_AUDIT.action.not_in(SIGN_IN_ACTIONS))) or 0


#: Tables of the trail's subjects that are no entries, by what the names of their actions begin with.
_SUBJECTS = {
    "person": schema.person,
    "credential": schema.credential,
    "account": schema.account,
}


def subject_rows(connection: Connection, kind: str, ids: Collection[str]) -> dict[str, Row[Any]]:
    """Returns what the records hold of subjects of one kind, by id; of what is gone, nothing."""
    table = _SUBJECTS[kind]
    (key,) = table.primary_key
    query = select(key.label("key"), *table.c).where(key.in_(ids))
    return {row.key: row for row in connection.execute(query)}


#: How far a clock may be put back in passing, as by a time server, without a word.
PASSING = timedelta(minutes=5)


class PutBack(NamedTuple):
    """A row of the ledger received earlier than the row before it, by more than `PASSING`."""

    seq: int
    received_at: datetime
    before: datetime


def latest_moment(connection: Connection, now: datetime) -> datetime | None:
    """Returns the moment of the last row of the ledger or the trail, where it lies after now; else None."""
    event = schema.event.c
    last = connection.scalar(select(event.received_at).order_by(event.seq.desc()).limit(1))
    noted = connection.scalar(select(func.max(schema.audit.c.at)))
    latest = max((moment for moment in (last, noted) if moment is not None), default=now)
    return latest if latest - now > PASSING else None


def clock_put_back(connection: Connection) -> tuple[PutBack, ...]:
    """Returns the rows of the ledger at which the clock had been put back."""
    event = schema.event.c
    before = func.lag(event.received_at, type_=event.received_at.type).over(order_by=event.seq)
    rows = select(event.seq, event.received_at, before.label("before")).subquery()
    query = select(rows).where(rows.c.before > rows.c.received_at).order_by(rows.c.seq)
    put_back = (PutBack(*row) for row in connection.execute(query))
    return tuple(row for row in put_back if row.before - row.received_at > PASSING)
