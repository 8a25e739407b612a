"""The verbs that keep a ledger: verify, rebuild, backup, restore; and what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from sqlalchemy import Connection

from ..programme.vietnamese import thousands
from ..records import Malformed, Store, backup, restore
from ..records.audit_trail import utc_now
from ..records.database_integrity import DAMAGE, check_integrity
from ..records.events.fold import PROJECTED
from ..records.events.ledger import LedgerFault
from ..records.events.row_digests import Head, parse_head, still_holds
from ..records.ledger_verification import Verification, is_table, verify_ledger
from ..records.store import locate, read_ledger
from .commands import verb
from .ledger import clock_remarks, tell_notices
from .options import database_option
from .usage import wrong_usage
from .words import words, words_at

#: Kinds of faults in written values, which are never computed again.
WRITTEN = frozenset(
    {"gone", "payload", "chain", "unreadable", "digests-gone", "digests-chain"}
    | {"changed", "removed", "added", "members"}
    | {"constraint", "rule", "value", "orphan", "unread"}
)


def problem_sentence(problem: LedgerFault) -> str:
    """Returns one problem as a sentence."""
    tables, values = words_at("verify.tables"), problem.values
    given = {
        "about": tables.get(problem.where, words("verify.other-table")),
        "where": problem.where,
        "what": problem.what,
        "here": "",
        "there": "",
        "place": words("verify.table" if is_table(problem.where) else "verify.file", table=problem.where),
        "fault": words_at("verify.values").get(values[-1], "") if values else "",
        "part": words_at("verify.parts").get(values[0], "") if values else "",
    }
    if problem.kind == "merged":
        person, here, there = values
        given |= {"here": _merged(person, here, "is"), "there": _merged(person, there, "was")}
    sentence: str = words_at("verify.problems")[problem.kind]
    return sentence.format(*values, **given)


def explain_problems(problems: Iterable[LedgerFault]) -> Iterator[str]:
    """Yields each problem as a sentence, and last what to do; empty without problems."""
    problems = list(problems)
    yield from dict.fromkeys(map(problem_sentence, problems))
    if any(problem.kind in DAMAGE for problem in problems):
        yield _advice("damaged")
    elif problems:
        yield _advice("keep" if _is_beyond_figures(problems) else "rebuild")


def _advice(key: str) -> str:
    return words(f"verify.{key}", backup=words("verify.from-backup"))


def _is_beyond_figures(problems: Iterable[LedgerFault]) -> bool:
    """Returns whether something is wrong that computing figures again does not mend."""
    causes = [problem for problem in problems if problem.kind != "unread"]
    return not causes or any(problem.kind in WRITTEN and problem.where not in PROJECTED for problem in causes)


def checks_done(verification: Verification) -> str:
    """Returns the checks made on the database itself, in words."""
    return "; ".join(words(f"verify.made.{check}") for check in verification.checks)


def _merged(person: str, into: str, when: str) -> str:
    if into == person:
        return words("verify.not-merged")
    return words(f"verify.{when}-merged", whom=into or words("verify.itself"))


EXIT_FAULTY = 1


def read_heads(context: click.Context, option: click.Parameter, given: Sequence[str]) -> tuple[Head, ...]:
    try:
        return tuple(map(parse_head, given))
    except Malformed:
        raise wrong_usage("verify.since", given=" ".join(f"“{text}”" for text in given)) from None


@verb("records verify")
@database_option
@click.option("--since", "noted", multiple=True, callback=read_heads)
def verify(database: str, noted: tuple[Head, ...]) -> int:
    verification, kept, remarks = read_ledger(database, lambda within: _verified_with_heads(within, noted))
    _tell_problems(verification)
    for remark in remarks:
        click.echo(remark, err=True)
    for head, is_kept in zip(noted, kept, strict=True):
        _tell_head(head, is_kept)
    if verification.is_sound and False in kept:
        click.echo(_advice("head-gone"))
    if not verification.is_damaged:
        click.echo(words("verify.head", head=verification.head))
    place, counts = locate(database).place, verified_counts(verification)
    click.echo(words("verify.done", ledger=place, counts=counts), err=True)
    click.echo(words("verify.checks", checks=checks_done(verification)), err=True)
    if not verification.is_sound or False in kept:
        click.echo(words("verify.faulty"), err=True)
        return EXIT_FAULTY
    if verification.events or verification.persons:
        click.echo(words("verify.sound"), err=True)
    return 0


def _verified_with_heads(
    connection: Connection, noted: Sequence[Head]
) -> tuple[Verification, list[bool | None], list[str]]:
    """Returns what verifying came to, which heads are kept, and what the rows say of the clock.

    A head is None where that cannot be read; the problems say so.
    """
    verification = verify_ledger(connection)
    if verification.is_damaged or any(
        problem.kind in {"value", "unread"} for problem in verification.problems
    ):
        return verification, [None] * len(noted), []
    kept: list[bool | None] = [still_holds(connection, head) for head in noted]
    return verification, kept, list(clock_remarks(connection, utc_now()))


def _tell_head(noted: Head, is_kept: bool | None) -> None:
    if is_kept is None:
        click.echo(words("verify.unchecked-head", head=noted))
        return
    if not is_kept:
        click.echo(words("verify.missing-head", head=noted))
    if noted.digests is None:
        click.echo(words("verify.older-head", head=noted), err=True)


@verb("records rebuild")
@database_option
def rebuild(database: str) -> int:
    checked = read_ledger(database, check_integrity)
    if checked.is_damaged or any(problem.where not in PROJECTED for problem in checked.problems):
        for line in explain_problems(checked.problems):
            click.echo(line)
        click.echo(words("rebuild.refused"), err=True)
        return EXIT_FAULTY
    with tell_notices(Store.open(database)) as store:
        store.rebuild()
    verification = read_ledger(database, verify_ledger)
    _tell_problems(verification)
    if not verification.is_sound:
        click.echo(words("rebuild.faulty"), err=True)
        return EXIT_FAULTY
    counts = verified_counts(verification)
    click.echo(words("rebuild.done", ledger=locate(database).place, counts=counts))
    return 0


@verb("records backup")
@database_option
@click.argument("target", type=click.Path(path_type=Path))
def backup_verb(database: str, target: Path) -> int:
    verification = backup(database, target)
    _tell_problems(verification)
    if not verification.is_sound:
        click.echo(words("backup.refused", ledger=locate(database).place, path=target), err=True)
        return EXIT_FAULTY
    click.echo(words("backup.done", path=target, counts=verified_counts(verification)))
    click.echo(words("backup.head", head=verification.head))
    return 0


@verb("records restore")
@database_option
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_verb(database: str, source: Path) -> int:
    restored = restore(source, database)
    click.echo(words("restore.made", ledger=locate(database).place))
    if restored.before == "older":
        click.echo(words("restore.older"))
    _tell_problems(restored.verification)
    click.echo(words("restore.identity", identity=restored.identity))
    if not restored.verification.is_sound:
        click.echo(words("restore.faulty"), err=True)
        return EXIT_FAULTY
    click.echo(words("restore.done", counts=verified_counts(restored.verification)))
    return 0


def verified_counts(verification: Verification) -> str:
    """Returns how much was read again, in words; or that there was nothing."""
    counted = ("events", "vouched", "figures", "persons")
    given = {name: thousands(getattr(verification, name)) for name in counted}
    if verification.is_damaged:
        key = "damaged"
    elif verification.events:
        key = "events"
    elif verification.persons or verification.figures:
        key = "figures"
    else:
        key = "vouched" if verification.vouched else "nothing"
    return words(f"verify.counts.{key}", **given)


def _tell_problems(verification: Verification) -> None:
    for line in explain_problems(verification.problems):
        click.echo(line)
