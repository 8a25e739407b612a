"""`taphuan check`: what to put right. It needs no more than the content, and begins at once."""

from __future__ import annotations

from pathlib import Path

import click

from ..programme.loader import load_kept
from .commands import verb
from .options import no_cache_option, programme_options
from .terminal import FAILED, FINDING_FORMATS, finding_counts, wants_colour
from .words import words


@verb("check")
@programme_options
@click.option("--format", "form", type=click.Choice(list(FINDING_FORMATS)), default="text")
@click.option("--strict", is_flag=True)
@click.option("--require-review", is_flag=True)
@no_cache_option
def check(
    root: Path, banks: Path | None, form: str, strict: bool, require_review: bool, no_cache: bool
) -> int:
    loading = load_kept(root, banks=banks, require_review=require_review, anew=no_cache)
    click.echo(FINDING_FORMATS[form](loading.findings), nl=False, color=wants_colour())
    click.echo(words("check.done", counts=finding_counts(loading.findings)), err=True)
    return FAILED if loading.has_errors or (strict and loading.findings) else 0
