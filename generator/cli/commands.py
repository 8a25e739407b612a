"""`taphuan`: click's commands and groups in Vietnamese, and the table of verbs, each imported on demand."""

from __future__ import annotations

import difflib
import gc
import importlib.metadata
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from .terminal import exit_status_of, wants_colour
from .usage import (
    TYPED_KEY,
    no_such_verb,
    require_values,
    unexpected_words,
    usage_line,
    write_arguments,
    write_options,
)
from .words import HEADINGS, HELP

#: The likeness of two verbs from which one is surely meant for the other, and from which it may be.
SURELY_MEANT, PERHAPS_MEANT = 0.75, 0.5
#: A hyphen at which no line is broken.
UNBROKEN = "\u2011"
#: Numbers of new objects after which the collector looks through the young, the older, all. A verb makes
#: millions that stay until its end, and each look goes through them: a twentieth of its time.
SELDOM = (100_000, 50, 100)
NO_VERBS: Mapping[str, str] = MappingProxyType({})
NO_SLOTS: Mapping[str, str] = MappingProxyType({})
#: The command itself, which names no verb.
ROOT = "taphuan"


class _Formatter(click.HelpFormatter):
    """A formatter that never breaks a line at a hyphen within a path or option, which somebody may copy."""

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


class _VietnameseCommand(click.Command):
    """A command whose help stands in `verbs.toml`, at its path of names."""

    context_class = _Context

    def __init__(self, name: str, *, path: str, slots: Mapping[str, str] = NO_SLOTS, **options: Any) -> None:
        given = HELP["verbs"][path]
        super().__init__(name, **options | {"help": given["help"].format(**slots)})
        self.example: str = given.get("example", "")
        for param in self.params:
            own = given.get("parameters", {}).get(param.name, {})
            described = HELP["parameters"].get(param.name, {}) | own
            param.metavar = described.get("word")
            vars(param)["help"] = described["help"]
            if "default" in described:
                vars(param)["show_default"] = described["default"]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, usage_line(self, ctx), prefix=HEADINGS["usage"])

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_arguments(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = HELP["parameters"]["help"]["help"]
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keeps what was typed, so that a refusal can name it."""
        ctx.meta[TYPED_KEY] = tuple(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Verb(_VietnameseCommand):
    """A command whose help ends with an example."""

    #: Read by `parse_args`, which refuses them in Vietnamese.
    allow_extra_args = True

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.example:
            with formatter.section(HEADINGS["example"]):
                formatter.write_text(self.example)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest:
            raise unexpected_words(ctx, rest)
        require_values(ctx)
        return rest


def verb(path: str, **slots: str) -> Callable[[Callable[..., Any]], Verb]:
    """Returns a decorator that makes a verb of the name at the end of its path, `records serve`.

    `slots` are filled into its help.
    """
    return click.command(path.split()[-1], cls=Verb, path=path, slots=slots)


class VerbGroup(_VietnameseCommand, click.Group):
    """The group of verbs; a wrong one is answered with the one that was meant.

    `later` says of each of its verbs, by name, where it is brought from, `module:verb`.
    """

    command_class = Verb

    def __init__(self, name: str, *, path: str, later: Mapping[str, str] = NO_VERBS, **options: Any) -> None:
        super().__init__(name, path=path, **options)
        self.path = "" if path == ROOT else f"{path} "
        self.later = later

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.later:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.later[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f".{module}", __package__), name)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(HEADINGS["verbs"]):
            formatter.write_dl([(name, HELP["verbs"][self.path + name]["line"]) for name in self.later])
        write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(HEADINGS["more"].format(command=ctx.command_path))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *self.later]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            raise no_such_verb(ctx, args[0], meant=self._meant(ctx, args[0]))
        return super().resolve_command(ctx, args)

    def _meant(self, ctx: click.Context, typed: str) -> str:
        """Returns the command meant, in full where it stands in another group; or ""."""
        known = [*self.list_commands(ctx), "--help", *(["--version"] if ctx.parent is None else [])]
        return (
            _near_verb(typed, known, SURELY_MEANT)
            or self._elsewhere(ctx, typed)
            or _near_verb(typed, known, PERHAPS_MEANT)
        )

    def _elsewhere(self, ctx: click.Context, typed: str) -> str:
        for path, group in self._other_groups(ctx):
            if near := _near_verb(typed, group.list_commands(ctx), SURELY_MEANT):
                return f"{path} {near}"
        return ""

    def _other_groups(self, ctx: click.Context) -> Iterator[tuple[str, click.Group]]:
        if ctx.parent and isinstance(ctx.parent.command, click.Group):
            yield ctx.parent.command_path, ctx.parent.command
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if isinstance(command, click.Group):
                yield f"{ctx.command_path} {name}", command


def _near_verb(typed: str, known: Sequence[str], cutoff: float) -> str:
    return "".join(difflib.get_close_matches(typed.lower(), known, n=1, cutoff=cutoff))


#: Where each verb is. A browser, MkDocs, a database and a web server take long to import, and `check`
#: needs none of them.
VERBS = {
    "check": "check:check",
    "status": "status:status",
    "build": "build:build_verb",
    "serve": "build:serve",
    "pdf": "build:pdf",
    "paper": "build:paper",
    "pages": "build:pages",
    "new": "new:new",
    "approve": "approve:approve",
    "report": "report:report_verb",
    "records": "commands:records",
}
RECORDS_VERBS = {
    "serve": "records_serve:serve",
    "invite": "records_serve:invite",
    "sample": "records_serve:sample",
    "verify": "records_maintenance:verify",
    "rebuild": "records_maintenance:rebuild",
    "backup": "records_maintenance:backup_verb",
    "restore": "records_maintenance:restore_verb",
}


def main(arguments: list[str] | None = None) -> None:
    """Runs a verb and exits: 0 done, 1 findings, 2 wrong usage, 3 something missing on the machine."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    gc.set_threshold(*SELDOM)
    return exit_status_of(
        lambda: verbs.main(args=arguments, prog_name="taphuan", standalone_mode=False, color=wants_colour())
    )


def _tell_version(context: click.Context, option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        click.echo(f"taphuan {importlib.metadata.version('taphuan')}")
        context.exit()


@click.group(ROOT, cls=VerbGroup, path=ROOT, later=VERBS)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_tell_version)
def verbs() -> None:
    pass


@click.group("records", cls=VerbGroup, path="records", later=RECORDS_VERBS)
def records() -> None:
    pass
