"""`taphuan`: click's commands and groups in Vietnamese, and the table of verbs, each imported on demand."""

from __future__ import annotations

import difflib
import gc
import importlib.metadata
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

#: The likeness of two verbs from which one is surely meant for the other, and from which it may be.
SURELY_MEANT, PERHAPS_MEANT = 0.75, 0.5
#: A hyphen at which no line is broken.
UNBROKEN = "\u2011"
#: Numbers of new objects after which the collector looks through the young, the older, all. A verb makes
#: millions that stay until its end, and each look goes through them: a twentieth of its time.
SELDOM = (100_000, 50, 100)
NO_VERBS: Mapping[str, tuple[str, str]] = MappingProxyType({})


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
    """A command with help in Vietnamese: its names for it, and its heading."""

    context_class = _Context

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, usage_line(self, ctx), prefix="Cách dùng: ")

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
            raise unexpected_words(ctx, rest)
        require_values(ctx)
        return rest


class VerbGroup(_VietnameseCommand, click.Group):
    """The group of verbs; a wrong one is answered with the one that was meant.

    `later` are its verbs, by name: their help line, and where each is brought from, `module:verb`.
    """

    command_class = Verb

    def __init__(
        self,
        *arguments: Any,
        later: Mapping[str, tuple[str, str]] = NO_VERBS,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.later = later

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.later:
            return super().get_command(ctx, cmd_name)
        module, _, verb = self.later[cmd_name][1].partition(":")
        command: click.Command = getattr(import_module(f".{module}", __package__), verb)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, command.get_short_help_str(70)) for name, command in self.commands.items()]
        rows += [(name, help) for name, (help, _) in self.later.items()]
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


#: The help line of each verb, and where it is. A browser, MkDocs, a database and a web server take long to
#: import, and `check` needs none of them.
VERBS = {
    "check": ("Kiểm tra nội dung, chỉ ra từng chỗ cần sửa.", "status:check"),
    "status": ("In tình hình chương trình: phê duyệt, câu hỏi còn mở, hạn.", "status:status"),
    "build": ("Dựng trang web và bản in.", "build:build_verb"),
    "serve": ("Xem thử trên máy này, tự cập nhật khi sửa.", "build:serve"),
    "pdf": ("In riêng vài bản PDF.", "build:pdf"),
    "paper": ("In đề kiểm tra ra giấy, đáp án để riêng.", "build:paper"),
    "pages": ("Ghi các trang thành HTML thuần.", "build:pages"),
    "new": ("Tạo tệp mới theo mẫu: course, lesson, question, campaign.", "new:new"),
    "approve": ("Ghi phê duyệt vào các tệp; không nêu mã thì liệt kê.", "approve:approve"),
    "report": ("Báo cáo 06 tháng hoặc năm: DOCX, XLSX, PDF.", "report:report_verb"),
    "records": ("Sổ theo dõi: ai đã được tập huấn.", "commands:records"),
}
RECORDS_VERBS = {
    "serve": ("Chạy dịch vụ: trang web và sổ, một địa chỉ.", "records_serve:serve"),
    "invite": ("Mời một cán bộ: in liên kết dùng một lần.", "records_serve:invite"),
    "sample": ("Tạo danh sách mẫu, không phải người thật.", "records_serve:sample"),
    "verify": ("Kiểm tra sổ còn nguyên vẹn, số liệu khớp với sổ.", "records_maintenance:verify"),
    "rebuild": ("Tính lại số liệu từ sổ.", "records_maintenance:rebuild"),
    "backup": ("Sao lưu sổ, cả khi dịch vụ đang chạy.", "records_maintenance:backup_verb"),
    "restore": ("Khôi phục từ bản sao lưu.", "records_maintenance:restore_verb"),
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


@click.group(cls=VerbGroup, help="Tập huấn: viết một lần, thành trang web, bản in và câu hỏi.", later=VERBS)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Hiện số phiên bản của phần mềm.",
)
def verbs() -> None:
    pass


@click.group(
    cls=VerbGroup, help="Sổ theo dõi: ai đã được tập huấn, kiểm tra được từng dòng.", later=RECORDS_VERBS
)
def records() -> None:
    pass
