"""The usage of a verb: its parameters as help shows them, and refusals of wrong calls."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..errors import reason

#: The words for a value whose verb gives it no word of its own, by its type.
VALUE_WORDS = ((click.Choice, "LỰA_CHỌN"), (click.IntRange, "SỐ"), (click.Path, "ĐƯỜNG_DẪN"))


def usage_line(command: click.Command, ctx: click.Context) -> str:
    """Returns what follows the command's name where it is called."""
    if isinstance(command, click.Group):
        return "LỆNH [TÙY CHỌN]"
    return " ".join(["[TÙY CHỌN]", *(parameter_form(argument) for argument in arguments_of(command))])


def arguments_of(command: click.Command) -> list[click.Argument]:
    return [param for param in command.params if isinstance(param, click.Argument)]


def write_arguments(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [(parameter_form(argument), parameter_help(argument)) for argument in arguments_of(command)]
    if rows:
        with formatter.section("Cần ghi"):
            formatter.write_dl(rows)


def write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [
        param for param in command.get_params(ctx) if isinstance(param, click.Option) and not param.hidden
    ]
    with formatter.section("Tùy chọn"):
        formatter.write_dl([(parameter_form(option), parameter_help(option)) for option in options])


def parameter_form(param: click.Parameter) -> str:
    """Returns an option with the word for its value, an argument as that word, bracketed if left out."""
    word = metavar(param)
    if isinstance(param, click.Option):
        return ", ".join(param.opts) + (f" {word}" if word else "")
    return word if param.required else f"[{word}]"


def typed_name(param: click.Parameter) -> str:
    """Returns an option as it is typed, an argument as the help calls it."""
    return max(param.opts, key=len) if isinstance(param, click.Option) else metavar(param)


def metavar(param: click.Parameter) -> str:
    """Returns the word for a value; nothing for a flag, which has none."""
    if isinstance(param, click.Option) and param.is_flag:
        return ""
    words = (word for kind, word in VALUE_WORDS if isinstance(param.type, kind))
    return param.metavar or next(words, "GIÁ_TRỊ")


def parameter_help(param: click.Parameter) -> str:
    """Returns the help of a parameter, with all that holds for its value in brackets."""
    help = getattr(param, "help", None) or ""
    notes = "; ".join(_value_notes(param))
    if not notes:
        return help
    return f"{help.removesuffix('.')} ({notes})." if help else f"{notes[:1].upper()}{notes[1:]}."


def _value_notes(param: click.Parameter) -> Iterator[str]:
    yield from filter(None, [allowed_values(param.type)])
    if isinstance(param, click.Option):
        if param.required:
            yield "bắt buộc"
        if param.multiple:
            yield "ghi được nhiều lần"
        if isinstance(param.envvar, str):
            yield f"hoặc biến {param.envvar}" + ("=1" if param.is_flag else "")
        if default := _default_words(param):
            yield f"mặc định: {default}"


def allowed_values(kind: click.ParamType[Any]) -> str:
    """Returns which values a type takes; nothing where that is for the help to say."""
    if isinstance(kind, click.Choice):
        return "một trong: " + ", ".join(map(str, kind.choices))
    if isinstance(kind, click.IntRange):
        return f"từ {kind.min} trở lên" if kind.max is None else f"từ {kind.min} đến {kind.max}"
    return ""


def _default_words(option: click.Option) -> str:
    """Returns what holds where the option is not given, in the words of the verb where it has some."""
    if isinstance(option.show_default, str):
        return option.show_default
    value = option.default
    if option.is_flag or option.required or not isinstance(value, (str, int, Path)):
        return ""
    return str(value)


#: The key in a context of the words that were typed after the command.
TYPED_KEY = "taphuan.typed"
#: The dashes that Word and Zalo make of two hyphens.
DASHES = "–—−"


class Refusal(NamedTuple):
    """A refusal: what is wrong, and what to write."""

    what: str
    fix: str


class WrongUsage(click.UsageError):
    """A call that is refused in words of ours; of a callback, about its parameter."""

    def __init__(self, what: str, *, fix: str, ctx: click.Context | None = None) -> None:
        super().__init__(what, ctx)
        self.fix = fix


def refusal_text(error: click.ClickException) -> str:
    """Returns what click refused, in Vietnamese, in two lines."""
    what, fix = next(words for kind, words in WORDINGS if isinstance(error, kind))(error)
    return f"{what}\n  = {fix}"


# --- our own refusals -----------------------------------------------------------------------


def no_such_verb(ctx: click.Context, word: str, *, meant: str) -> WrongUsage:
    advice = f"có phải bạn muốn viết “{meant}”?" if meant else ""
    known = f"xem các lệnh: {ctx.command_path} --help"
    return WrongUsage(f"không có lệnh “{word}”" + (f"; {advice}" if advice else ""), fix=known, ctx=ctx)


def unexpected_words(ctx: click.Context, rest: Sequence[str]) -> WrongUsage:
    """Returns the refusal of words after the last that the verb takes."""
    for word in rest:
        if word[:1] in DASHES:
            fix = f"gõ lại bằng hai dấu trừ: --{word.lstrip(DASHES + '-')}"
            return WrongUsage(f"“{word}” viết bằng gạch dài, không phải dấu trừ", fix=fix, ctx=ctx)
    listed = " ".join(f"“{word}”" for word in rest)
    fix = f"bỏ đi; chữ nào có dấu cách thì đặt trong ngoặc kép; {_see_help(ctx)}"
    return WrongUsage(f"có từ thừa sau lệnh: {listed}", fix=fix, ctx=ctx)


def require_values(ctx: click.Context) -> None:
    """Raises WrongUsage where an option or argument has an empty value, which click accepts."""
    given = _typed_values(ctx)
    for param in ctx.command.params:
        values = given.get(param.name)
        for value in values if isinstance(values, (list, tuple)) else [values]:
            if isinstance(value, str) and not value.strip() and value != param.default:
                raise WrongUsage(f"{typed_name(param)} để trống", fix=_what_to_write(param, ctx), ctx=ctx)


# --- refusals of click ----------------------------------------------------------------------------


def _our_words(error: Any) -> Refusal:
    return Refusal(error.message, error.fix)


def _no_such_option(error: Any) -> Refusal:
    ctx, word = error.ctx, error.option_name
    if not word.startswith("--"):
        whole = (typed for typed in ctx.meta[TYPED_KEY] if typed.startswith("-") and typed[1:2] == word[1:2])
        word = next((typed for typed in whole if not typed.startswith("--")), word)
    plain = "--" + word.lstrip("-").partition("=")[0].lower().replace("_", "-")
    known = [name for param in ctx.command.get_params(ctx) for name in param.opts if name.startswith("--")]
    begun = [name for name in known if name.startswith(plain)]
    near = begun or difflib.get_close_matches(plain, known, n=3, cutoff=0.7)
    fix = f"có phải bạn muốn viết {' hay '.join(near)}?" if near else _see_help(ctx)
    return Refusal(f"không có tùy chọn {word}", fix)


def _bad_option(error: Any) -> Refusal:
    ctx, name = error.ctx, error.option_name
    option = next(param for param in ctx.command.get_params(ctx) if name in param.opts)
    if option.is_flag:
        return Refusal(f"{name} không đi kèm giá trị nào", f"chỉ ghi {name}, bỏ dấu = và phần sau nó")
    return Refusal(f"sau {name} còn thiếu {metavar(option)}", _what_to_write(option, ctx))


def _missing(error: Any) -> Refusal:
    word = f"{typed_name(error.param)} {metavar(error.param)}" if error.param.opts[0][:1] == "-" else ""
    return Refusal(f"thiếu {word or typed_name(error.param)}", _what_to_write(error.param, error.ctx))


def _bad_value(error: Any) -> Refusal:
    param, ctx = error.param, error.ctx
    if param is None:
        return _other_refusal(error)
    value, source = _refused_value(param, ctx)
    kind = param.type
    if not value.strip():
        return Refusal(f"{source} để trống", _what_to_write(param, ctx))
    if isinstance(kind, click.Path):
        return Refusal(f"{source}: {_path_refused(kind, value)}", _what_to_write(param, ctx))
    if isinstance(kind, click.Choice):
        near = difflib.get_close_matches(value.lower(), map(str, kind.choices), n=1)
        meant = f"; có phải bạn muốn viết “{near[0]}”?" if near else ""
        return Refusal(f"{source}: không có lựa chọn “{value}”{meant}", f"ghi {allowed_values(kind)}")
    if isinstance(kind, click.IntRange):
        is_number = value.strip().lstrip("+-").isdecimal()
        what = f"{value} ngoài khoảng cho phép" if is_number else f"“{value}” không phải là số nguyên"
        return Refusal(f"{source}: {what}", f"ghi một số nguyên {allowed_values(kind)}")
    if isinstance(param, click.Option) and param.is_flag:
        return Refusal(f"{source}: không hiểu “{value}”", "ghi 1 để bật, 0 để tắt")
    return Refusal(f"{source}: không dùng được “{value}”", _what_to_write(param, ctx))


def _path_refused(kind: click.Path[Any], value: str) -> str:
    path = Path(value)
    if not os.path.lexists(path):
        return f"không có {'thư mục' if not kind.file_okay else 'tệp'} “{value}”"
    if not kind.file_okay and path.is_file():
        return f"“{value}” là một tệp, ở đây cần một thư mục"
    if not kind.dir_okay and path.is_dir():
        return f"“{value}” là một thư mục, ở đây cần một tệp"
    return f"không mở được “{value}”; xem quyền của tệp hoặc thư mục ấy"


def _unopened(error: Any) -> Refusal:
    cause = error.__cause__ or error.__context__
    cause_words = f": {reason(cause)}" if isinstance(cause, OSError) else ""
    return Refusal(
        f"không mở được tệp “{error.ui_filename}”{cause_words}", "xem lại đường dẫn và quyền của tệp"
    )


def _other_refusal(error: Any) -> Refusal:
    ctx = getattr(error, "ctx", None)
    return Refusal("lệnh viết chưa đúng", _see_help(ctx) if ctx else "xem các lệnh: taphuan --help")


WORDINGS: Sequence[tuple[type[click.ClickException], Callable[[Any], Refusal]]] = (
    (WrongUsage, _our_words),
    (click.NoSuchOption, _no_such_option),
    (click.MissingParameter, _missing),
    (click.BadOptionUsage, _bad_option),
    (click.BadParameter, _bad_value),
    (click.FileError, _unopened),
    (click.ClickException, _other_refusal),
)


# --- typed words -------------------------------------------------------------------------------


def _typed_values(ctx: click.Context) -> dict[str, Any]:
    """Returns the typed words, by the parameter they are for, as text."""
    return dict(ctx.command.make_parser(ctx).parse_args(list(ctx.meta[TYPED_KEY]))[0])


def _refused_value(param: click.Parameter, ctx: click.Context) -> tuple[str, str]:
    """Returns the refused value, and where it was given: an option, or a variable."""
    given, source = _typed_values(ctx).get(param.name), typed_name(param)
    if not isinstance(given, (str, list, tuple)):
        given, source = param.value_from_envvar(ctx), f"biến {param.envvar}"
    values = [given] if isinstance(given, str) else list(given or ())
    return next(
        (value for value in values if _is_refused(value, param, ctx)), " ".join(map(str, values))
    ), source


def _is_refused(value: str, param: click.Parameter, ctx: click.Context) -> bool:
    try:
        param.type.convert(value, param, ctx)
    except click.BadParameter:
        return True
    return False


def _what_to_write(param: click.Parameter, ctx: click.Context) -> str:
    """Returns what to write: the value, and the verb's example where that shows it."""
    help = (getattr(param, "help", None) or "").partition(". ")[0].removesuffix(".")
    need = f"cần {help[:1].lower()}{help[1:]}" if help else ""
    bounds = allowed_values(param.type)
    example = getattr(ctx.command, "example", "").partition("    ")[0]
    shows = isinstance(param, click.Argument) or typed_name(param) in example.split()
    parts = (need + f" ({bounds})" * bool(bounds), f"ví dụ: {example}" * (shows and bool(example)))
    return "; ".join(filter(None, parts)).strip() or _see_help(ctx)


def _see_help(ctx: click.Context) -> str:
    return f"xem cách viết: {ctx.command_path} --help"
