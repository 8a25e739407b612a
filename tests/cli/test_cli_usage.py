"""The command line's help and refusals hold no English, and a refusal names what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from taphuan.cli.commands import Verb, VerbGroup, run, verbs
from taphuan.cli.usage import metavar, refusal_of, typed_name
from taphuan.targets import Period

Screen = pytest.CaptureFixture[str]
#: Words of click, and of Python, that nobody who types a command has to know.
FOREIGN = re.compile(
    r"\b(TEXT|INTEGER|RANGE|PATH|FILE|DIRECTORY|OPTIONS|COMMAND|ARGS|Usage|Options|Commands|Error|Invalid|Missing|"
    r"Show|exit|required|default|None|not|is|the|does|valid|expected|unexpected|Traceback|period_id|key_file)\b"
)


def tree(command: click.Command = verbs, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, VerbGroup):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                subcommand = command.get_command(context, name)
                assert subcommand is not None
                yield from tree(subcommand, *path, name)


TREE = dict(tree())
PARAMETERS = [
    pytest.param(path, param, id=" ".join([*path, param.opts[-1]]))
    for path, command in TREE.items()
    for param in command.params
]


def refused(screen: Screen, *words: str) -> str:
    screen.readouterr()
    assert run(list(words)) == 2, words
    printed = screen.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("lỗi: ")
    assert "\n  = " in printed.err
    plain = re.sub(r"“[^”]*”|--?[\w-]+|\S*/\S*", "", printed.err)
    assert not FOREIGN.search(plain), printed.err
    return printed.err


# --- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TREE, ids=lambda path: " ".join(path) or "taphuan")
def test_no_help_holds_a_word_of_english(path: tuple[str, ...], capsys: Screen) -> None:
    short, long = (run([*path, name]) or capsys.readouterr().out for name in ("-h", "--help"))
    assert short == long
    assert long.startswith("Cách dùng: taphuan")
    assert not FOREIGN.search(re.sub(r"--?[\w-]+|\S*/\S*", "", long)), long
    assert "-h, --help" in long


@pytest.mark.parametrize(("path", "param"), PARAMETERS)
def test_every_parameter_is_told_with_what_it_is_and_what_holds_without_it(
    path: tuple[str, ...], param: click.Parameter, capsys: Screen
) -> None:
    run([*path, "--help"])
    words = " ".join(capsys.readouterr().out.split())
    word = metavar(param)
    assert word == word.upper()
    row = words.partition(f" {typed_name(param)} {word}" if isinstance(param, click.Option) else word)[2]
    assert row
    if isinstance(param, click.Option) and isinstance(param.default, (str, int)) and param.default:
        assert param.is_flag or f"mặc định: {param.default}" in row
    if path != ("new",):  # whose words are its own
        assert getattr(param, "help", None)
        assert isinstance(param, click.Option) or word in words.partition("Cần ghi:")[2]


def test_who_asks_for_nothing_gets_the_help_and_is_not_told_that_it_is_done(capsys: Screen) -> None:
    for words in ([], ["records"]):
        assert run(words) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith("Cách dùng: ")
        assert "lỗi" not in printed.err


def test_the_version_is_the_packages(capsys: Screen) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"taphuan \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_a_path_in_a_help_is_not_broken_at_its_hyphen(capsys: Screen) -> None:
    run(["records", "verify", "--help"])
    assert "sqlite:///ho-so/ho-so.sqlite3" in capsys.readouterr().out


# --- refusals -----------------------------------------------------------------------------------


def call(command: click.Command, param: click.Parameter, value: str | None) -> list[str]:
    """Words that give all the verb needs, and this value to one parameter, or none."""
    words: list[str] = []
    for each in command.params:
        choices = each.type.choices if isinstance(each.type, click.Choice) else ("2026H1",)
        given = value if each is param else str(choices[0]) if each.required else None
        if given is not None:
            words.append(f"{each.opts[0]}={given}" if isinstance(each, click.Option) else given)
    return words


@pytest.mark.parametrize(("path", "param"), PARAMETERS)
def test_no_parameter_is_refused_in_words_of_python_or_click(
    path: tuple[str, ...], param: click.Parameter, capsys: Screen, tmp_path: Path
) -> None:
    command, name = TREE[path], max(param.opts, key=len)
    if param.required:
        refusal = refused(capsys, *path, *call(command, param, None))
        assert (name if isinstance(param, click.Option) else metavar(param)) in refusal
    for value in wrong(param, tmp_path):
        refusal = refused(capsys, *path, *call(command, param, value))
        assert value in refusal
        assert typed_name(param) in refusal
    if isinstance(param, click.Option) and not param.is_flag:
        assert f"sau {name} còn thiếu" in refused(capsys, *path, name)


def wrong(param: click.Parameter, folder: Path) -> Iterator[str]:
    """Values that the parameter does not take."""
    kind, file = param.type, folder / "tệp.txt"
    file.touch()
    if isinstance(param, click.Option) and param.is_flag:
        yield ""
        return
    if param.default != "":
        yield ""
    if isinstance(kind, click.IntRange):
        yield from ("abc", "1.5", "9" * 25, str((kind.min or 0) - 1)) if kind.max else ("abc", "-1")
    elif isinstance(kind, click.Choice):
        yield "khác"
    elif isinstance(kind, click.Path):
        yield from [str(file)] * (not kind.file_okay) + [str(folder)] * (not kind.dir_okay)
        yield from [str(folder / "không có")] * kind.exists
    elif "--period" in param.opts:
        yield from ("2026H3", "2026-13", "31/02/2026", "quý 3", "26H1")
    elif "--since" in param.opts:
        yield "x"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("build --jbos 2", "không có tùy chọn --jbos\n  = có phải bạn muốn viết --jobs?"),
        ("build -jobs 2", "không có tùy chọn -jobs\n  = có phải bạn muốn viết --jobs?"),
        ("build —jobs 2", "“—jobs” viết bằng gạch dài"),
        ("build --NO_PDF", "không có tùy chọn --NO_PDF\n  = có phải bạn muốn viết --no-pdf?"),
        ("records serve --staff x", "có phải bạn muốn viết --staff-address?"),
        ("check -x", "không có tùy chọn -x\n  = xem cách viết: taphuan check --help"),
        ("check hai từ", "có từ thừa sau lệnh: “hai” “từ”"),
        (
            "check --format TEXT",
            "không có lựa chọn “TEXT”; có phải bạn muốn viết “text”?\n  = ghi một trong: text, json,",
        ),
        (
            "paper x --seed -1",
            "--seed: -1 ngoài khoảng cho phép\n  = ghi một số nguyên từ 0 đến 2147483648\n",
        ),
        ("help", "có phải bạn muốn viết “--help”?"),
        ("verify", "không có lệnh “verify”; có phải bạn muốn viết “taphuan records verify”?"),
        ("records check", "không có lệnh “check”; có phải bạn muốn viết “taphuan check”?"),
        ("records bakup", "có phải bạn muốn viết “backup”?"),
        ("report", "lỗi: thiếu --period KỲ\n  = cần kỳ báo cáo: 2026H1 là 06 tháng đầu năm"),
        ("--", "xem cách viết: taphuan --help"),
    ],
)
def test_a_refusal_names_what_was_typed_and_what_to_write(words: str, expected: str, capsys: Screen) -> None:
    assert expected in refused(capsys, *words.split())


def test_a_variable_that_is_wrong_is_named(capsys: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPHUAN_BANKS", "/không/có")
    assert "biến TAPHUAN_BANKS: không có thư mục “/không/có”" in refused(capsys, "check")
    monkeypatch.delenv("TAPHUAN_BANKS")
    monkeypatch.setenv("TAPHUAN_TRAINERS_BY_PASSWORD", "có")
    refusal = refused(capsys, "records", "serve")
    assert "biến TAPHUAN_TRAINERS_BY_PASSWORD: không hiểu “có”\n  = ghi 1 để bật, 0 để tắt" in refusal


#: A verb of which each part can be refused, described as `records sample` is.
PAIR = Verb(
    "pair",
    path="records sample",
    params=[click.Argument(["target"], nargs=2), click.Option(["--seed"], type=int)],
)


@pytest.mark.parametrize("words", [["a"], [], ["a", "b", "--seed", "x"], ["a", "b", "c"], ["a", "b", "--m"]])
def test_whatever_click_refuses_is_told_in_vietnamese(words: list[str]) -> None:
    with pytest.raises(click.ClickException) as error:
        PAIR.make_context("pair", words)
    assert not FOREIGN.search("\n".join(refusal_of(error.value)))


@pytest.mark.parametrize(
    "error",
    [
        click.FileError("so.txt", "Permission denied"),
        click.UsageError("Something unforeseen."),
        click.BadParameter("wrong"),
        click.BadArgumentUsage("Argument 'x' takes 2 values."),
        click.ClickException("boom"),
    ],
)
def test_no_class_of_errors_of_click_is_told_in_its_own_words(error: click.ClickException) -> None:
    what, fix = refusal_of(error)
    assert error.message not in what + fix
    assert fix


@pytest.mark.parametrize("written", ["2026H2", "2026h2", "2026-H2", "H2/2026", "h2.2026", " 2026 h2 "])
def test_a_period_is_taken_however_its_parts_are_written(written: str) -> None:
    option = next(param for param in TREE["report",].params if "--period" in param.opts)
    assert option.callback is not None
    assert option.callback(click.Context(verbs), option, written) == Period(year=2026, half=2)
