"""Parameters in a help: how each is written, what it is, what it may be, and what holds without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

#: What stands for a value whose verb gives it no word of its own, by the type of it.
WORDS = ((click.Choice, "LỰA_CHỌN"), (click.IntRange, "SỐ"), (click.Path, "ĐƯỜNG_DẪN"))


def usage(command: click.Command, ctx: click.Context) -> str:
    """Returns what follows the command's name where it is called."""
    if isinstance(command, click.Group):
        return "LỆNH [TÙY CHỌN]"
    return " ".join(["[TÙY CHỌN]", *(written(one) for one in arguments_of(command))])


def arguments_of(command: click.Command) -> list[click.Argument]:
    return [one for one in command.params if isinstance(one, click.Argument)]


def write_arguments(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [(written(one), described(one)) for one in arguments_of(command)]
    if rows:
        with formatter.section("Cần ghi"):
            formatter.write_dl(rows)


def write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [one for one in command.get_params(ctx) if isinstance(one, click.Option) and not one.hidden]
    with formatter.section("Tùy chọn"):
        formatter.write_dl([(written(one), described(one)) for one in options])


def written(param: click.Parameter) -> str:
    """Returns an option with the word for its value, an argument as that word, bracketed if left out."""
    word = metavar(param)
    if isinstance(param, click.Option):
        return ", ".join(param.opts) + (f" {word}" if word else "")
    return word if param.required else f"[{word}]"


def typed(param: click.Parameter) -> str:
    """Returns an option as it is typed, an argument as the help calls it."""
    return max(param.opts, key=len) if isinstance(param, click.Option) else metavar(param)


def metavar(param: click.Parameter) -> str:
    """Returns the word for a value; nothing for a flag, which has none."""
    if isinstance(param, click.Option) and param.is_flag:
        return ""
    found = (word for kind, word in WORDS if isinstance(param.type, kind))
    return param.metavar or next(found, "GIÁ_TRỊ")


def described(param: click.Parameter) -> str:
    """Returns the help of a parameter, with all that holds for its value in brackets."""
    help = getattr(param, "help", None) or ""
    notes = "; ".join(_notes(param))
    if not notes:
        return help
    return f"{help.removesuffix('.')} ({notes})." if help else f"{notes[:1].upper()}{notes[1:]}."


def _notes(param: click.Parameter) -> Iterator[str]:
    yield from filter(None, [allowed(param.type)])
    if isinstance(param, click.Option):
        if param.required:
            yield "bắt buộc"
        if param.multiple:
            yield "ghi được nhiều lần"
        if isinstance(param.envvar, str):
            yield f"hoặc biến {param.envvar}" + ("=1" if param.is_flag else "")
        if told := _default(param):
            yield f"mặc định: {told}"


def allowed(kind: click.ParamType[Any]) -> str:
    """Returns which values a type takes; nothing where that is for the help to say."""
    if isinstance(kind, click.Choice):
        return "một trong: " + ", ".join(map(str, kind.choices))
    if isinstance(kind, click.IntRange):
        return f"từ {kind.min} trở lên" if kind.max is None else f"từ {kind.min} đến {kind.max}"
    return ""


def _default(option: click.Option) -> str:
    """Returns what holds where the option is not given, in the words of the verb where it has some."""
    if isinstance(option.show_default, str):
        return option.show_default
    value = option.default
    if option.is_flag or option.required or not isinstance(value, (str, int, Path)):
        return ""
    return str(value)
