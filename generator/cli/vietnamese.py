"""Click in Vietnamese: its help, its usage errors, and the verb that was meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click


class Verb(click.Command):
    """A command whose help is headed in Vietnamese and ends with an example."""

    def __init__(self, *arguments: Any, example: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.example = example

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.example:
            with formatter.section("Ví dụ"):
                formatter.write_text(self.example)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [piece.replace("[OPTIONS]", "[TÙY CHỌN]") for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))


class Verbs(click.Group):
    """The group of verbs; a wrong one is answered with the one that was meant.

    `later` are verbs that take long to import, by name: what help says of them, and who brings them.
    """

    command_class = Verb

    def __init__(
        self,
        *arguments: Any,
        later: Mapping[str, tuple[str, Callable[[], click.Command]]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.later = dict(later or {})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.later:
            return self.later[cmd_name][1]()
        return super().get_command(ctx, cmd_name)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "LỆNH [TÙY CHỌN]", prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, command.get_short_help_str(70)) for name, command in self.commands.items()]
        rows += [(name, told) for name, (told, _) in self.later.items()]
        with formatter.section("Các lệnh"):
            formatter.write_dl(rows)
        _write_options(self, ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *self.later]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], known, n=1, cutoff=0.5)
            meant = f"có phải “{near[0]}”?" if near else "xem các lệnh bằng: taphuan --help"
            raise click.UsageError(f"không có lệnh “{args[0]}”; {meant}", ctx)
        return super().resolve_command(ctx, args)


def _help_option(option: click.Option | None) -> click.Option | None:
    if option:
        option.help = "Hiện hướng dẫn này."
    return option


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [row for parameter in command.get_params(ctx) if (row := parameter.get_help_record(ctx))]
    if rows:
        with formatter.section("Tùy chọn"):
            formatter.write_dl(rows)


def said(error: click.ClickException) -> str:
    """What Click refused, in Vietnamese."""
    return next(_said(error), error.format_message())


def _said(error: click.ClickException) -> Iterator[str]:
    if isinstance(error, click.NoSuchOption):
        meant = f"; có phải {error.possibilities[0]}?" if error.possibilities else ""
        yield f"không có tùy chọn {error.option_name}{meant}"
    elif isinstance(error, click.MissingParameter):
        yield f"thiếu {_name(error.param)}"
    elif isinstance(error, click.BadOptionUsage):
        yield f"tùy chọn {error.option_name} cần một giá trị"
    elif isinstance(error, click.BadParameter):
        given, kind = _name(error.param), error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            yield f"{given} phải là một trong: {', '.join(map(str, kind.choices))}"
        elif isinstance(kind, click.IntRange):
            yield f"{given} phải là một số từ {kind.min} đến {kind.max}"
        elif isinstance(kind, click.Path):
            yield f"{given}: thư mục hoặc tệp này không có"
        elif error.param and error.param.callback:
            yield f"{given}: {error.message}"
    elif isinstance(error, click.UsageError) and "unexpected extra" in error.message:
        yield "có từ thừa sau lệnh"


def _name(param: click.Parameter | None) -> str:
    """An option as it is typed, an argument as the help calls it."""
    if param is None:
        return "giá trị"
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name
