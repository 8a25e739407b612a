"""What click refuses, in Vietnamese: what was typed, what is the matter with it, and what to write."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..errors import reason
from .describing import allowed, metavar, typed

#: Where in a context the words lie that were typed after the command.
TYPED = "taphuan.typed"
#: What Word and Zalo make of two hyphens.
DASHES = "–—−"


class Words(NamedTuple):
    """A refusal: what is the matter, and what to write."""

    what: str
    fix: str


class Misused(click.UsageError):
    """A call that is refused in words of ours; of a callback, about its parameter."""

    def __init__(self, what: str, *, fix: str, ctx: click.Context | None = None) -> None:
        super().__init__(what, ctx)
        self.fix = fix


def said(error: click.ClickException) -> str:
    """Returns what click refused, in Vietnamese, in two lines."""
    what, fix = next(words for kind, words in WORDINGS if isinstance(error, kind))(error)
    return f"{what}\n  = {fix}"


# --- what we refuse ourselves -----------------------------------------------------------------


def no_such_verb(ctx: click.Context, word: str, *, meant: str) -> Misused:
    told = f"có phải bạn muốn viết “{meant}”?" if meant else ""
    known = f"xem các lệnh: {ctx.command_path} --help"
    return Misused(f"không có lệnh “{word}”" + (f"; {told}" if told else ""), fix=known, ctx=ctx)


def unexpected(ctx: click.Context, rest: Sequence[str]) -> Misused:
    """Returns the refusal of words after the last that the verb takes."""
    for word in rest:
        if word[:1] in DASHES:
            fix = f"gõ lại bằng hai dấu trừ: --{word.lstrip(DASHES + '-')}"
            return Misused(f"“{word}” viết bằng gạch dài, không phải dấu trừ", fix=fix, ctx=ctx)
    told = " ".join(f"“{word}”" for word in rest)
    fix = f"bỏ đi; chữ nào có dấu cách thì đặt trong ngoặc kép; {_see(ctx)}"
    return Misused(f"có từ thừa sau lệnh: {told}", fix=fix, ctx=ctx)


def require_values(ctx: click.Context) -> None:
    """Raises Misused where an option or argument was given an empty value, which click takes for one."""
    given = _given(ctx)
    for param in ctx.command.params:
        values = given.get(param.name)
        for value in values if isinstance(values, (list, tuple)) else [values]:
            if isinstance(value, str) and not value.strip() and value != param.default:
                raise Misused(f"{typed(param)} để trống", fix=_write(param, ctx), ctx=ctx)


# --- what click refuses -----------------------------------------------------------------------


def _ours(error: Any) -> Words:
    return Words(error.message, error.fix)


def _no_such_option(error: Any) -> Words:
    ctx, word = error.ctx, error.option_name
    if not word.startswith("--"):
        whole = (one for one in ctx.meta[TYPED] if one.startswith("-") and one[1:2] == word[1:2])
        word = next((one for one in whole if not one.startswith("--")), word)
    plain = "--" + word.lstrip("-").partition("=")[0].lower().replace("_", "-")
    known = [name for param in ctx.command.get_params(ctx) for name in param.opts if name.startswith("--")]
    begun = [name for name in known if name.startswith(plain)]
    near = begun or difflib.get_close_matches(plain, known, n=3, cutoff=0.7)
    fix = f"có phải bạn muốn viết {' hay '.join(near)}?" if near else _see(ctx)
    return Words(f"không có tùy chọn {word}", fix)


def _bad_option(error: Any) -> Words:
    ctx, name = error.ctx, error.option_name
    option = next(one for one in ctx.command.get_params(ctx) if name in one.opts)
    if option.is_flag:
        return Words(f"{name} không đi kèm giá trị nào", f"chỉ ghi {name}, bỏ dấu = và phần sau nó")
    return Words(f"sau {name} còn thiếu {metavar(option)}", _write(option, ctx))


def _missing(error: Any) -> Words:
    word = f"{typed(error.param)} {metavar(error.param)}" if error.param.opts[0][:1] == "-" else ""
    return Words(f"thiếu {word or typed(error.param)}", _write(error.param, error.ctx))


def _bad_value(error: Any) -> Words:
    param, ctx = error.param, error.ctx
    if param is None:
        return _other(error)
    value, source = _value(param, ctx)
    kind = param.type
    if not value.strip():
        return Words(f"{source} để trống", _write(param, ctx))
    if isinstance(kind, click.Path):
        return Words(f"{source}: {_path_refused(kind, value)}", _write(param, ctx))
    if isinstance(kind, click.Choice):
        near = difflib.get_close_matches(value.lower(), map(str, kind.choices), n=1)
        meant = f"; có phải bạn muốn viết “{near[0]}”?" if near else ""
        return Words(f"{source}: không có lựa chọn “{value}”{meant}", f"ghi {allowed(kind)}")
    if isinstance(kind, click.IntRange):
        is_number = value.strip().lstrip("+-").isdecimal()
        what = f"{value} ngoài khoảng cho phép" if is_number else f"“{value}” không phải là số nguyên"
        return Words(f"{source}: {what}", f"ghi một số nguyên {allowed(kind)}")
    if isinstance(param, click.Option) and param.is_flag:
        return Words(f"{source}: không hiểu “{value}”", "ghi 1 để bật, 0 để tắt")
    return Words(f"{source}: không dùng được “{value}”", _write(param, ctx))


def _path_refused(kind: click.Path[Any], value: str) -> str:
    path = Path(value)
    if not os.path.lexists(path):
        return f"không có {'thư mục' if not kind.file_okay else 'tệp'} “{value}”"
    if not kind.file_okay and path.is_file():
        return f"“{value}” là một tệp, ở đây cần một thư mục"
    if not kind.dir_okay and path.is_dir():
        return f"“{value}” là một thư mục, ở đây cần một tệp"
    return f"không mở được “{value}”; xem quyền của tệp hoặc thư mục ấy"


def _unopened(error: Any) -> Words:
    cause = error.__cause__ or error.__context__
    told = f": {reason(cause)}" if isinstance(cause, OSError) else ""
    return Words(f"không mở được tệp “{error.ui_filename}”{told}", "xem lại đường dẫn và quyền của tệp")


def _other(error: Any) -> Words:
    ctx = getattr(error, "ctx", None)
    return Words("lệnh viết chưa đúng", _see(ctx) if ctx else "xem các lệnh: taphuan --help")


WORDINGS: Sequence[tuple[type[click.ClickException], Callable[[Any], Words]]] = (
    (Misused, _ours),
    (click.NoSuchOption, _no_such_option),
    (click.MissingParameter, _missing),
    (click.BadOptionUsage, _bad_option),
    (click.BadParameter, _bad_value),
    (click.FileError, _unopened),
    (click.ClickException, _other),
)


# --- what was typed ---------------------------------------------------------------------------


def _given(ctx: click.Context) -> dict[str, Any]:
    """Returns what was typed, by the parameter it is for, as text."""
    return dict(ctx.command.make_parser(ctx).parse_args(list(ctx.meta[TYPED]))[0])


def _value(param: click.Parameter, ctx: click.Context) -> tuple[str, str]:
    """Returns the value that was refused, and where it was given: an option, or a variable."""
    found, source = _given(ctx).get(param.name), typed(param)
    if not isinstance(found, (str, list, tuple)):
        found, source = param.value_from_envvar(ctx), f"biến {param.envvar}"
    values = [found] if isinstance(found, str) else list(found or ())
    return next((one for one in values if _is_refused(one, param, ctx)), " ".join(map(str, values))), source


def _is_refused(value: str, param: click.Parameter, ctx: click.Context) -> bool:
    try:
        param.type.convert(value, param, ctx)
    except click.BadParameter:
        return True
    return False


def _write(param: click.Parameter, ctx: click.Context) -> str:
    """Returns what to write: what it is, and the verb's example where that shows it."""
    help = (getattr(param, "help", None) or "").partition(". ")[0].removesuffix(".")
    told = f"cần {help[:1].lower()}{help[1:]}" if help else ""
    bounds = allowed(param.type)
    example = getattr(ctx.command, "example", "").partition("    ")[0]
    shows = isinstance(param, click.Argument) or typed(param) in example.split()
    parts = (told + f" ({bounds})" * bool(bounds), f"ví dụ: {example}" * (shows and bool(example)))
    return "; ".join(filter(None, parts)).strip() or _see(ctx)


def _see(ctx: click.Context) -> str:
    return f"xem cách viết: {ctx.command_path} --help"
