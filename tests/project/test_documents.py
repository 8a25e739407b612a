"""The documents lead somewhere, name what is there, and tell an author every key."""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from programmes import REPOSITORY

from taphuan.cli.approvals import named_documents
from taphuan.cli.commands import verbs
from taphuan.programme.kinds import KINDS as DOCUMENT_KINDS
from taphuan.programme.loader import load
from taphuan.programme.loader.findings import message_catalogue
from taphuan.programme.model.pointer import BLOCK_SIGNS
from taphuan.programme.model.programme import Programme
from taphuan.programme.problems import Path as Place
from taphuan.programme.schema import KINDS, known_keys, schemas
from taphuan.render.paper import sheets
from taphuan.render.text.prose import Prose

DOCUMENTS = [*sorted(REPOSITORY.glob("README*.md")), *sorted(REPOSITORY.glob("docs/*.md"))]
VIETNAMESE = [path for path in DOCUMENTS if path.name.endswith(".vi.md")]
AUTHORING = REPOSITORY / "docs/authoring.vi.md"

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)
KEY = re.compile(r"(?:^|(?<=[\s{,]))\"?([\w-]+)\"?:(?=\s|$)", re.MULTILINE)
BLOCK = re.compile(r"^ *(?:!!!|\?\?\?) (\w+)", re.MULTILINE)
COMMAND = re.compile(r"(?:\.venv[/\\](?:bin|Scripts)[/\\])?(taphuan(?: .*)?)\Z")
#: A finding as it is shown, and a silence as it is written.
CODES = re.compile(r"(?:lỗi|lưu ý)\[([a-z0-9-]+)\]|taphuan: allow ([a-z0-9-]+)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code(path: Path) -> list[str]:
    return [block[2] for block in FENCED.finditer(read(path))]


def prose(path: Path) -> str:
    return FENCED.sub("", read(path))


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


# --- every document ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_link_to_a_file_leads_to_one(path: Path) -> None:
    targets = [target for target in LINK.findall(prose(path)) if ":" not in target]
    bare = [target for target in targets if target.startswith(("/", "…")) or target in EXAMPLES]
    assert [target for target in targets if target not in bare and not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_link_within_a_document_leads_to_a_heading(path: Path) -> None:
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)\s]+)\)", prose(path))) - anchors == set()


#: Links that show how a link is written.
EXAMPLES = frozenset({"../khac/bai.md"})


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_finding_that_is_named_is_one(path: Path) -> None:
    named = {shown or silenced for shown, silenced in CODES.findall(read(path))}
    assert named - set(message_catalogue()) == set()
    # An id or a key may look like a code; one that is almost a code was meant to be it.
    spans = {span for span in SPAN.findall(prose(path)) if "-" in span and span not in message_catalogue()}
    assert [
        span for span in spans if difflib.get_close_matches(span, message_catalogue(), n=1, cutoff=0.8)
    ] == []


#: A module as documents name it: the end of its path, as far as it takes to know it.
MODULE = re.compile(r"(?<![\w/.-])(?:[\w-]+/)*\w+\.py\b")
ROOMS = ("generator", "tests", "bench", "setup")
PLACES = [
    f"/{path.relative_to(REPOSITORY).as_posix()}" for room in ROOMS for path in (REPOSITORY / room).rglob("*")
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_module_that_is_named_is_there(path: Path) -> None:
    modules = set(MODULE.findall(read(path)))
    assert [module for module in modules if not any(place.endswith(f"/{module}") for place in PLACES)] == []


def test_the_map_of_the_house_names_rooms_that_are_there() -> None:
    rooms = {place.rpartition("/")[2] for place in PLACES}
    shown = [block for block in code(REPOSITORY / "docs/architecture.md") if "generator/" in block]
    named = re.findall(
        r"(?<![\w/.])(\w+)/(?=[\s,])", shown[0].partition("generator/\n")[2].partition("overrides/")[0]
    )
    assert len(shown) == 1
    assert {"loader", "roster_import", "people", "http"} <= set(named)
    assert [room for room in named if room not in rooms] == []


def test_decisions_are_few_and_short_and_one_that_is_named_is_there() -> None:
    decisions = re.split(r"^(?=\d+\. \*\*)", read(REPOSITORY / "docs/decisions.md"), flags=re.MULTILINE)[1:]
    numbers = [decision.partition(".")[0] for decision in decisions]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) <= 30
    assert [number for number, text in zip(numbers, decisions, strict=True) if len(text.split()) > 81] == []
    texts = [*DOCUMENTS, *REPOSITORY.glob("*.md"), *(REPOSITORY / "generator").rglob("*.py")]
    named = {number for path in texts for number in re.findall(r"\bdecision (\d+)\b", read(path))}
    assert named
    assert named <= set(numbers)


#: Words for which authors know another one from the same texts, by that one.
OTHER_WORDS = {
    "thụt vào": r"lùi vào|lùi mỗi",
    "khung": r"khối",
    "chỗ chèn": r"chỉ dẫn",
    "đầu mối": r"nơi liên hệ|đầu mối liên hệ",
    "dòng ngăn": r"dòng kẻ",
    "trang web": r"trang mạng(?! xã hội)",
    "tỷ lệ": r"tỉ lệ",
    "hóa, xóa": r"\w*(?:hoá|xoá|khoá|huỷ|toà|thuỷ)",
    "“…”": r"\"\{\w+\}\"",
}


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_one_word_stands_for_one_thing_to_authors(word: str) -> None:
    other = re.compile(rf"(?<!\w)(?:{OTHER_WORDS[word]})(?!\w)", re.IGNORECASE)
    messages = [str(text) for message in message_catalogue().values() for text in message.values()]
    assert [text for text in [*messages, *map(prose, VIETNAMESE)] if other.search(text)] == []


# --- commands ---------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, str]]:
    """Yields (document, command) of code blocks, and of prose where it is more than a name."""
    for path in VIETNAMESE:
        lines = [line for block in code(path) for line in block.splitlines()]
        for line in [*lines, *SPAN.findall(prose(path).replace("\\|", "|"))]:
            if match := COMMAND.match(line.strip()):
                yield name(path), match[1]


def form(span: str) -> str:
    """Returns the span with … for each word in capitals, which stands for what somebody types."""
    return " ".join("…" if word.isupper() and word.isalpha() else word for word in span.split(" "))


COMMANDS = sorted({named for named in commands() if "…" not in form(named[1])})


def arguments_of(command: str) -> list[str]:
    return shlex.split(command, comments=True)[1:]


@pytest.mark.parametrize(("document", "command"), COMMANDS)
def test_a_command_is_one_that_the_program_knows(document: str, command: str) -> None:
    given, verb, context = arguments_of(command), verbs, verbs.context_class(verbs)
    while isinstance(verb, click.Group) and given and not given[0].startswith("-"):
        inner = verb.get_command(context, given.pop(0))
        assert inner is not None, f"{document}: {command}"
        verb, context = inner, inner.context_class(inner)
    if "--help" not in given and "." not in given:
        parsed, left, _ = verb.make_parser(context).parse_args(given)
        _require_sound(verb, context, parsed, left)


def _require_sound(verb: Any, context: click.Context, parsed: dict[str, Any], left: list[str]) -> None:
    """Reads each value as the verb would; what may lie elsewhere, a file or a folder, is not looked for."""
    assert not left
    for parameter in verb.params:
        value = parsed.get(parameter.name)
        if isinstance(value, (str, tuple, list)) and not isinstance(parameter.type, click.Path):
            parameter.process_value(context, value)


def test_the_documents_show_commands_of_more_than_one_verb() -> None:
    shown = {arguments_of(command)[0] for _, command in COMMANDS if len(arguments_of(command)) > 0}
    assert {"check", "serve", "build", "pdf", "new", "approve", "records"} <= shown


@cache
def programme() -> Programme:
    loaded = load(REPOSITORY).programme
    assert loaded
    return loaded


@pytest.mark.slow
def test_sheets_and_texts_that_the_commands_name_are_there() -> None:
    given = [arguments_of(command) for _, command in COMMANDS]
    printed = {id for verb in given if verb[:1] == ["pdf"] for id in verb[1:]}
    assert printed <= {sheet.id for sheet in sheets(programme(), Prose(programme()))}
    for verb in given:
        if "--by" in verb:
            named_documents(programme(), verb[1 : verb.index("--by")])


def test_the_commands_for_windows_install_what_the_script_installs() -> None:
    script = read(REPOSITORY / "setup/prepare.sh").replace('"$lock"', "requirements.lock")
    shown = [line.split(" install ")[1] for line in SHOWN_ON_WINDOWS if " install " in line]
    assert len(shown) == 2
    assert [options for options in shown if f"install {options}\n" not in script] == []


SHOWN_ON_WINDOWS = [
    line for block in code(REPOSITORY / "docs/windows.vi.md") for line in block.splitlines() if "pip" in line
]


# --- what an author writes --------------------------------------------------------------------


def keys(path: Path) -> set[str]:
    """Returns keys and block names of a document's code."""
    blocks = [COMMENT.sub("", block) for block in code(path)]
    return {key for block in blocks for key in (*KEY.findall(block), *BLOCK.findall(block))}


def named_in(path: Path) -> set[str]:
    """Returns those and each word of what stands between backticks."""
    spans = [span for text in (prose(path), *code(path)) for span in SPAN.findall(text)]
    return keys(path) | {word for span in spans for word in re.findall(r"[\w-]+", span)}


def model_keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node.get("properties", {})
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from model_keys(inner)


@pytest.mark.parametrize("kind", sorted(schemas()))
def test_authors_are_told_of_every_key_that_they_may_write(kind: str) -> None:
    assert set(model_keys(schemas()[kind])) - named_in(AUTHORING) == set()


def values_of_choices(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for value in node.get("enum", ()) if isinstance(value, str))
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from values_of_choices(inner)


@pytest.mark.parametrize("kind", sorted(schemas()))
def test_authors_are_told_of_every_value_that_they_may_choose(kind: str) -> None:
    text = read(AUTHORING)
    values = set(values_of_choices(schemas()[kind]))
    assert [value for value in values if not re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", text)] == []


def samples() -> Iterator[tuple[str, Any]]:
    """Yields each sample of a file, by the kind that its heading names, else the words above it."""
    for part in re.split(r"^## ", read(AUTHORING), flags=re.MULTILINE)[1:]:
        for block in FENCED.finditer(part):
            above = part[: block.start()]
            files = FILE.findall(above.partition("\n")[0]) or FILE.findall(above)
            text = block[2].split("---\n")[1] if block[2].startswith("---\n") else block[2]
            if files and (block[1] == "yaml" or text != block[2]):
                yield kind_of(files[-1]), yaml.load(ELIDED.sub("", text), yaml.CBaseLoader)


FILE = re.compile(r"`([\w/<>*-]+\.(?:yml|md))`")
ELIDED = re.compile(r"^ *…(?: +#.*)?$", re.MULTILINE)


def kind_of(file: str) -> str:
    folders = {kind.name for kind in DOCUMENT_KINDS if file.startswith(f"{kind.folder}/")}
    return folders.pop() if folders else file.rpartition("/")[2].removesuffix(".yml")


def misplaced(kind: str, node: Any, path: Place = ()) -> Iterator[Place]:
    """Yields the places of keys that the schema does not know there; where keys are ids it knows none."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    known = known_keys(KINDS[kind], path) if isinstance(node, dict) else []
    for part, value in inner:
        if known and part not in known:
            yield (*path, part)
        yield from misplaced(kind, value, (*path, part))


def test_a_sample_for_authors_has_each_key_where_the_schema_has_it() -> None:
    shown = list(samples())
    # `…` stands for a value, but not in a list of ids without values.
    wrong = [(kind, place) for kind, node in shown for place in misplaced(kind, node) if place[-1] != "…"]
    assert wrong == []
    assert {kind for kind, _ in shown} == set(schemas()) - {"pictures"}


def test_authors_are_shown_every_block() -> None:
    assert set(BLOCK_SIGNS) - named_in(AUTHORING) == set()
    assert {"case", "monday", "flow"} <= keys(AUTHORING)


def test_authors_are_told_of_everything_that_is_made_for_them() -> None:
    new = verbs.get_command(verbs.context_class(verbs), "new")
    assert new is not None
    kinds = next(parameter.type for parameter in new.params if parameter.name == "kind")
    assert isinstance(kinds, click.Choice)
    table = prose(AUTHORING).partition("## Tệp mẫu")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) == set(kinds.choices)
