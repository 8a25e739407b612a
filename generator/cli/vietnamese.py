"""Click in Vietnamese: verbs and groups of verbs whose help and whose refusals hold no English."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from .describing import usage, write_arguments, write_options
from .misuse import TYPED, no_such_verb, require_values, unexpected

#: How alike two verbs are where one is surely meant for the other, and where it may be.
SURELY, PERHAPS = 0.75, 0.5
#: A hyphen at which no line is broken.
UNBROKEN = "\u2011"
NOTHING: Mapping[str, tuple[str, str]] = MappingProxyType({})


class _Formatter(click.HelpFormatter):
    """Never breaks a line at the hyphen within a path or an option, which somebody may copy."""

    def write_dl(self, rows: Iterable[tuple[str, str]], *arguments: Any, **options: Any) -> None:
        whole = [(left, right.replace("-", UNBROKEN)) for left, right in rows]
        super().write_dl(whole, *arguments, **options)

    def write_text(self, text: str) -> None:
        super().write_text(text.replace("-", UNBROKEN))

    def write(self, string: str) -> None:
        super().write(string.replace(UNBROKEN, "-"))


class _Context(click.Context):
    formatter_class = _Formatter

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"help_option_names": ["-h", "--help"], **options})


class _Spoken(click.Command):
    """Whatever has a help: its names for it, and its heading."""

    context_class = _Context

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, usage(self, ctx), prefix="Cách dùng: ")

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_arguments(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Hiện hướng dẫn này."
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keeps what was typed, so that a refusal can name it."""
        ctx.meta[TYPED] = tuple(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Verb(_Spoken):
    """A command whose help ends with an example."""

    #: Looked at by `parse_args`, which says it in Vietnamese.
    allow_extra_args = True

    def __init__(self, *arguments: Any, example: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.example:
            with formatter.section("Ví dụ"):
                formatter.write_text(self.example)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest:
            raise unexpected(ctx, rest)
        require_values(ctx)
        return rest


class Verbs(_Spoken, click.Group):
    """The group of verbs; a wrong one is answered with the one that was meant.

    `later` are its verbs, by name: what help says of each, and where it is brought from, `module:verb`.
    """

    command_class = Verb

    def __init__(
        self,
        *arguments: Any,
        later: Mapping[str, tuple[str, str]] = NOTHING,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.later = later

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.later:
            return super().get_command(ctx, cmd_name)
        module, _, verb = self.later[cmd_name][1].partition(":")
        found: click.Command = getattr(import_module(f".{module}", __package__), verb)
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, command.get_short_help_str(70)) for name, command in self.commands.items()]
        rows += [(name, told) for name, (told, _) in self.later.items()]
        with formatter.section("Các lệnh"):
            formatter.write_dl(rows)
        write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(f"Xem cách dùng từng lệnh: {ctx.command_path} LỆNH --help")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *self.later]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            raise no_such_verb(ctx, args[0], meant=self._meant(ctx, args[0]))
        return super().resolve_command(ctx, args)

    def _meant(self, ctx: click.Context, typed: str) -> str:
        """Returns what was meant, whole where it stands in another group; or nothing."""
        known = [*self.list_commands(ctx), "--help", *(["--version"] if ctx.parent is None else [])]
        return _near(typed, known, SURELY) or self._elsewhere(ctx, typed) or _near(typed, known, PERHAPS)

    def _elsewhere(self, ctx: click.Context, typed: str) -> str:
        for path, group in self._other_groups(ctx):
            if found := _near(typed, group.list_commands(ctx), SURELY):
                return f"{path} {found}"
        return ""

    def _other_groups(self, ctx: click.Context) -> Iterator[tuple[str, click.Group]]:
        if ctx.parent and isinstance(ctx.parent.command, click.Group):
            yield ctx.parent.command_path, ctx.parent.command
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if isinstance(command, click.Group):
                yield f"{ctx.command_path} {name}", command


def _near(typed: str, known: Sequence[str], cutoff: float) -> str:
    return "".join(difflib.get_close_matches(typed.lower(), known, n=1, cutoff=cutoff))
