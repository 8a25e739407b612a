"""The usage of a verb: its parameters as help shows them, and refusals of wrong calls."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from ..errors import reason
from .words import HEADINGS, pair, words


def usage_line(command: click.Command, ctx: click.Context) -> str:
    """Returns what follows the command's name where it is called."""
    if isinstance(command, click.Group):
        return HEADINGS["verb"]
    arguments = (parameter_form(argument) for argument in arguments_of(command))
    return " ".join([HEADINGS["some_options"], *arguments])


def arguments_of(command: click.Command) -> list[click.Argument]:
    return [param for param in command.params if isinstance(param, click.Argument)]


def write_arguments(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [(parameter_form(argument), parameter_help(argument)) for argument in arguments_of(command)]
    if rows:
        with formatter.section(HEADINGS["arguments"]):
            formatter.write_dl(rows)


def write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [
        param for param in command.get_params(ctx) if isinstance(param, click.Option) and not param.hidden
    ]
    with formatter.section(HEADINGS["options"]):
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
    return param.metavar or HEADINGS["value"]


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
            yield HEADINGS["required"]
        if param.multiple:
            yield HEADINGS["repeated"]
        if isinstance(param.envvar, str):
            yield HEADINGS["variable"].format(name=param.envvar + ("=1" if param.is_flag else ""))
        if default := _default_words(param):
            yield HEADINGS["default"].format(value=default)


def allowed_values(kind: click.ParamType[Any]) -> str:
    """Returns which values a type takes; nothing where that is for the help to say."""
    if isinstance(kind, click.Choice):
        return HEADINGS["choices"].format(values=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        bounds = HEADINGS["at_least" if kind.max is None else "between"]
        return bounds.format(least=kind.min, most=kind.max)
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


#: What is wrong, and what to write.
Refusal = tuple[str, str]


class WrongUsage(click.UsageError):
    """A call that is refused in words of ours; of a callback, about its parameter."""

    def __init__(self, what: str, *, fix: str, ctx: click.Context | None = None) -> None:
        super().__init__(what, ctx)
        self.fix = fix


def wrong_usage(key: str, /, *, ctx: click.Context | None = None, **values: object) -> WrongUsage:
    """Returns the error that says the pair at a key of `words.toml`."""
    what, fix = pair(key, **values)
    return WrongUsage(what, fix=fix, ctx=ctx)


def refusal_of(error: click.ClickException) -> Refusal:
    """Returns what click refused, in Vietnamese."""
    return next(wording for kind, wording in WORDINGS if isinstance(error, kind))(error)


# --- our own refusals -----------------------------------------------------------------------


def no_such_verb(ctx: click.Context, word: str, *, meant: str) -> WrongUsage:
    key = "usage.no-such-verb" if meant else "usage.no-verb"
    return wrong_usage(key, word=word, meant=meant, command=ctx.command_path, ctx=ctx)


def unexpected_words(ctx: click.Context, rest: Sequence[str]) -> WrongUsage:
    """Returns the refusal of words after the last that the verb takes."""
    for word in rest:
        if word[:1] in DASHES:
            return wrong_usage("usage.dash", word=word, plain=word.lstrip(DASHES + "-"), ctx=ctx)
    listed = " ".join(f"“{word}”" for word in rest)
    return wrong_usage("usage.extra", words=listed, see=_see_help(ctx), ctx=ctx)


def require_values(ctx: click.Context) -> None:
    """Raises WrongUsage where an option or argument has an empty value, which click accepts."""
    given = _typed_values(ctx)
    for param in ctx.command.params:
        values = given.get(param.name)
        for value in values if isinstance(values, (list, tuple)) else [values]:
            if isinstance(value, str) and not value.strip() and value != param.default:
                raise wrong_usage(
                    "usage.empty", source=typed_name(param), write=_what_to_write(param, ctx), ctx=ctx
                )


# --- refusals of click ----------------------------------------------------------------------------


def _our_words(error: Any) -> Refusal:
    return error.message, error.fix


def _no_such_option(error: Any) -> Refusal:
    ctx, word = error.ctx, error.option_name
    if not word.startswith("--"):
        whole = (typed for typed in ctx.meta[TYPED_KEY] if typed.startswith("-") and typed[1:2] == word[1:2])
        word = next((typed for typed in whole if not typed.startswith("--")), word)
    plain = "--" + word.lstrip("-").partition("=")[0].lower().replace("_", "-")
    known = [name for param in ctx.command.get_params(ctx) for name in param.opts if name.startswith("--")]
    begun = [name for name in known if name.startswith(plain)]
    near = begun or difflib.get_close_matches(plain, known, n=3, cutoff=0.7)
    meant = words("usage.near", names=words("usage.or").join(near)) if near else _see_help(ctx)
    return pair("usage.no-option", word=word, fix=meant)


def _bad_option(error: Any) -> Refusal:
    ctx, name = error.ctx, error.option_name
    option = next(param for param in ctx.command.get_params(ctx) if name in param.opts)
    if option.is_flag:
        return pair("usage.flag", name=name)
    return pair("usage.no-value", name=name, word=metavar(option), write=_what_to_write(option, ctx))


def _missing(error: Any) -> Refusal:
    word = f"{typed_name(error.param)} {metavar(error.param)}" if error.param.opts[0][:1] == "-" else ""
    write = _what_to_write(error.param, error.ctx)
    return pair("usage.missing", what=word or typed_name(error.param), write=write)


def _bad_value(error: Any) -> Refusal:
    param, ctx = error.param, error.ctx
    if param is None:
        return _other_refusal(error)
    value, source = _refused_value(param, ctx)
    kind = param.type
    given = {"source": source, "value": value, "allowed": allowed_values(kind)}
    write = _what_to_write(param, ctx)
    if not value.strip():
        return pair("usage.empty", source=source, write=write)
    if isinstance(kind, click.Path):
        return pair("usage.path", source=source, reason=_path_refused(kind, value), write=write)
    if isinstance(kind, click.Choice):
        near = difflib.get_close_matches(value.lower(), map(str, kind.choices), n=1)
        return pair("usage.near-choice" if near else "usage.no-choice", near="".join(near), **given)
    if isinstance(kind, click.IntRange):
        is_number = value.strip().lstrip("+-").isdecimal()
        return pair("usage.outside" if is_number else "usage.no-number", **given)
    is_flag = isinstance(param, click.Option) and param.is_flag
    return pair("usage.no-flag" if is_flag else "usage.value", write=write, **given)


def _path_refused(kind: click.Path[Any], value: str) -> str:
    path = Path(value)
    if not os.path.lexists(path):
        key = "no-file" if kind.file_okay else "no-folder"
    elif not kind.file_okay and path.is_file():
        key = "is-file"
    else:
        key = "is-folder" if not kind.dir_okay and path.is_dir() else "closed"
    return words(f"usage.{key}", value=value)


def _unopened(error: Any) -> Refusal:
    cause = error.__cause__ or error.__context__
    known = f": {reason(cause)}" if isinstance(cause, OSError) else ""
    return pair("usage.unopened", file=error.ui_filename, cause=known)


def _other_refusal(error: Any) -> Refusal:
    ctx = getattr(error, "ctx", None)
    return pair("usage.other", see=_see_help(ctx) if ctx else words("usage.see-verbs"))


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
        given, source = param.value_from_envvar(ctx), words("usage.variable", name=param.envvar)
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
    need = words("usage.need", help=help[:1].lower() + help[1:]) if help else ""
    bounds = allowed_values(param.type)
    example = getattr(ctx.command, "example", "").partition("    ")[0]
    shows = isinstance(param, click.Argument) or typed_name(param) in example.split()
    shown = words("usage.example", example=example) if shows and example else ""
    parts = (need + f" ({bounds})" * bool(bounds), shown)
    return "; ".join(filter(None, parts)).strip() or _see_help(ctx)


def _see_help(ctx: click.Context) -> str:
    return words("usage.see", command=ctx.command_path)
