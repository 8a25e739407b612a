"""`taphuan approve`: fills `review` after an approval; shows it first, asks, then writes all together."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from ..errors import AuthorError, Finding
from ..programme.loader import LoadResult, load_kept
from ..programme.model.programme import Programme
from ..programme.model.values import Review, ReviewedDocument
from ..programme.vietnamese import folded, written_day
from .approvals import (
    Approval,
    approval_table,
    change_preview,
    checked_after,
    file_changes,
    findings_against,
    named_documents,
)
from .atomic_files import replace_together
from .commands import verb
from .options import programme_options, read_day, read_words
from .terminal import finding_counts, findings_text
from .usage import wrong_usage
from .words import refusal, words

REFUSED = 1
YES = frozenset({"c", "co", "y", "yes"})


def today() -> date:
    return date.today()


@verb("approve")
@programme_options
@click.argument("ids", nargs=-1)
@click.option("--by", callback=read_words)
@click.option("--decision", callback=read_words)
@click.option("--date", "approved", callback=read_day)
@click.option("--until", callback=read_day)
@click.option("--again", is_flag=True)
@click.option("--yes", is_flag=True)
def approve(
    root: Path,
    banks: Path | None,
    ids: tuple[str, ...],
    by: str | None,
    decision: str | None,
    approved: date | None,
    until: date | None,
    again: bool,
    yes: bool,
) -> int:
    loading = load_kept(root, banks=banks)
    if loading.programme is None:
        raise AuthorError(loading.findings)
    if not ids:
        _require_no_more(by, decision, approved, until)
        click.echo(approval_table(loading.programme, today()))
        return 0
    wanted = _wanted(by, decision, approved, until)
    documents = _left_to_approve(named_documents(loading.programme, ids), again)
    return _approve(loading, loading.programme, documents, wanted, banks, yes) if documents else 0


def _require_no_more(*given: object) -> None:
    if any(given):
        raise wrong_usage("approve.no-ids")


def _wanted(by: str | None, number: str | None, approved: date | None, until: date | None) -> Approval:
    """Returns the approval to be written. Raises WrongUsage where a part is missing or cannot be."""
    given = {"--by": by, "--decision": number, "--date": approved}
    missing = [name for name, value in given.items() if not value]
    if by is None or number is None or approved is None:
        raise wrong_usage("approve.missing", options=", ".join(missing))
    if approved > today():
        raise wrong_usage("approve.early", day=written_day(approved))
    if until and until < approved:
        raise wrong_usage("approve.ends-before", until=written_day(until), day=written_day(approved))
    if until and until < today():
        raise wrong_usage("approve.over", until=written_day(until))
    return Approval(by=by, number=number, approved=approved, valid_until=until)


def _left_to_approve(documents: tuple[ReviewedDocument, ...], again: bool) -> tuple[ReviewedDocument, ...]:
    """Returns the documents whose approval does not hold, and tells of the others."""
    held = [document for document in documents if _holds(document.review)]
    if held and not again:
        click.echo(words("approve.held"))
        click.echo("".join(f"  {document.title}, {document.source}\n" for document in held))
        documents = tuple(document for document in documents if document not in held)
    if not documents:
        click.echo(words("approve.nothing"))
    return documents


def _holds(review: Review) -> bool:
    return not review.is_draft and not review.is_over(today())


def _approve(
    loading: LoadResult,
    programme: Programme,
    documents: tuple[ReviewedDocument, ...],
    approval: Approval,
    banks: Path | None,
    yes: bool,
) -> int:
    _require_checked_before(documents, approval)
    if findings := findings_against(loading, programme, documents, approval):
        return _refuse(findings)
    coming = file_changes(programme.root, documents, approval)
    click.echo(change_preview(programme, documents, approval, today()))
    if not yes and not _agreed():
        click.echo(words("approve.unwritten"))
        return REFUSED
    with replace_together(coming):
        _require_as_meant(load_kept(programme.root, banks=banks), documents, approval)
    click.echo(words("approve.written", count=len(coming)))
    return 0


def _require_checked_before(documents: tuple[ReviewedDocument, ...], approval: Approval) -> None:
    if late := checked_after(documents, approval):
        days = ((document.source, document.review.checked) for document in late)
        listed = ", ".join(f"{source} ({written_day(checked)})" for source, checked in days if checked)
        raise refusal("approve.checked-after", day=written_day(approval.approved), files=listed)


def _refuse(findings: tuple[Finding, ...]) -> int:
    click.echo(findings_text(findings), err=True, nl=False)
    click.echo(words("approve.refused", counts=finding_counts(findings)), err=True)
    return REFUSED


def _agreed() -> bool:
    """Asks a person at a terminal. Raises OperatorError where nobody is there to be asked."""
    if not sys.stdin.isatty():
        raise refusal("approve.nobody")
    answer = click.prompt(words("approve.ask"), default="k", show_default=False)
    return folded(str(answer)).strip() in YES


def _require_as_meant(
    loading: LoadResult, documents: tuple[ReviewedDocument, ...], approval: Approval
) -> None:
    """Raises OperatorError where what was written does not read back as it was meant."""
    programme = loading.programme
    read = {document.source: document.review for document in programme.reviewed} if programme else {}
    meant = {document.source: approval.review(document.review) for document in documents}
    if any(read.get(file) != review for file, review in meant.items()):
        raise refusal("approve.not-as-meant")
