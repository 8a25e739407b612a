"""The verb: a file or a question by its pattern, and what to do next."""

from __future__ import annotations

from pathlib import Path

import click

from ..programme_options import programme_options
from ..vietnamese import Verb
from .drafting import draft
from .ids import HELP, KINDS, QUESTION_KINDS, Wish


@click.command(
    cls=Verb,
    example="taphuan new lesson can-bo-cap-xa/ten-bai-moi",
    help=HELP,
)
@programme_options
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="LOẠI", help="Loại nội dung.")
@click.argument("id", metavar="MÃ", help="Mã của tệp hay câu hỏi mới, viết theo loại như trên.")
@click.option(
    "--kind",
    "question_kind",
    type=click.Choice(QUESTION_KINDS),
    metavar="LOẠI_CÂU",
    show_default=QUESTION_KINDS[0],
    help="Với question: loại câu hỏi.",
)
@click.option(
    "--audience",
    metavar="MÃ",
    show_default="do lệnh chọn, có nói rõ",
    help="Với course, campaign: đối tượng, theo mã trong audiences.yml.",
)
def new(
    root: Path, banks: Path | None, kind: str, id: str, question_kind: str | None, audience: str | None
) -> None:
    wish = Wish(kind=kind, id=id, question_kind=question_kind, audience=audience, banks=banks)
    made = draft(root, wish)
    click.echo(f"{made.done}\n  Tiếp theo:")
    for number, step in enumerate(made.next_steps, 1):
        click.echo(f"  {number}. {step}")
