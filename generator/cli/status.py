"""`taphuan status`: how the programme stands."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from ..errors import AuthorError, Finding
from ..programme import status as programme_status
from ..programme.kinds import KINDS
from ..programme.loader import load_kept
from ..programme.status import Overview
from ..programme.status.content import STATES, ContentAge, OutdatedContent
from ..programme.status.law_due import LawChange
from ..programme.vietnamese import written_duration
from ..render.printable import KIND_WORDS
from ..render.templates import environment
from .approvals import STATE_WORDS
from .commands import verb
from .options import programme_options, read_day
from .terminal import FAILED, finding_counts, laid_out

#: Days that an office plans ahead, and the most that may be asked for: ten years.
DEFAULT_DAYS, MOST_DAYS = 90, 3_650
LONGEST_TASK = 110


def today() -> date:
    return date.today()


@verb("status")
@programme_options
@click.option("--date", "asked", callback=read_day)
@click.option("--within", type=click.IntRange(1, MOST_DAYS), default=DEFAULT_DAYS)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def status(root: Path, banks: Path | None, asked: date | None, within: int, form: str) -> int:
    loading = load_kept(root, banks=banks)
    if loading.programme is None:
        raise AuthorError(loading.findings)
    overview = programme_status.overview(loading.programme, asked or today(), within)
    write = _overview_json if form == "json" else overview_text
    click.echo(write(overview, loading.findings))
    return FAILED if loading.has_errors else 0


def _overview_json(overview: Overview, findings: tuple[Finding, ...]) -> str:
    """Returns the values by the names of their fields; a day is written as 2026-12-01."""
    errors = sum(finding.is_error for finding in findings)
    counts = {"errors": errors, "warnings": len(findings) - errors}
    return json.dumps(
        {"findings": counts, **asdict(overview)}, default=date.isoformat, ensure_ascii=False, indent=1
    )


def overview_text(overview: Overview, findings: tuple[Finding, ...]) -> str:
    """Returns the whole in a few lines, then one heading after another."""
    standing = [states for states in overview.approvals.counts.values()]
    endings = overview.last_days.coming
    over = sum(ending.last_day < overview.day for ending in endings)
    plain = environment().overlay(autoescape=False)
    plain.filters.update(written_duration=written_duration, shortened=_shortened)
    page = plain.get_template("status.txt.j2").render(
        overview=overview,
        counts=finding_counts(findings) if findings else "",
        has_errors=any(finding.is_error for finding in findings),
        approved=sum(states["approved"] for states in standing),
        reviewed=sum(sum(states.values()) for states in standing),
        undecided=len({target for decision in overview.decisions for target in decision.targets}),
        asked=Counter(name for decision in overview.decisions for name in decision.who).most_common(),
        over=over,
        coming=len(endings) - over,
        unchecked_days=(overview.day - overview.law.checked_until).days,
        outdated=_outdated_by_change(overview.age),
        states=STATES,
        words=STATE_WORDS,
        kinds=[kind for kind in KINDS if kind.is_reviewed],
        kind_words={kind.name: kind.words for kind in KINDS},
        prints=KIND_WORDS,
    )
    return laid_out(page.strip("\n"))


def _outdated_by_change(age: ContentAge) -> list[tuple[LawChange, list[OutdatedContent]]]:
    """Returns each change once, the earliest first, with all that has to be read again because of it."""
    contents: dict[LawChange, list[OutdatedContent]] = {}
    for content in age.outdated:
        for change in content.law:
            contents.setdefault(change, []).append(content)
    return sorted(contents.items(), key=lambda item: item[0].on)


def _shortened(text: str) -> str:
    """Returns the words of a task that fit on two lines, with a sign where some were left out."""
    return textwrap.shorten(" ".join(text.split()), LONGEST_TASK, placeholder=" …")
