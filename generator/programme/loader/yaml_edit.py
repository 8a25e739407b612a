"""Replaces one value in a file's YAML, while every other byte stays as the author left it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

import yaml

from .files import source_from
from .yaml_lines import Loader
from .yaml_tree import FENCE, Tree, parse_yaml, split_front_matter

BOM = b"\xef\xbb\xbf"
FENCES = re.compile(rf"^{FENCE}[^\S\r\n]*(?=[\r\n]|\Z)", re.MULTILINE)
LINE_END = re.compile(r"\r\n|\r|\n")
COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*")
#: What reads the same in quotes and without, to a person and to every YAML reader.
PLAIN = re.compile(r"[^\W_](?:[\w ./()–-]*[\w.)])?")
WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}")


class NotEditable(Exception):
    """Raised where a person has to change the file by hand."""


def replace_value(raw: bytes, file: str, key: str, value: Mapping[str, str]) -> bytes:
    """Returns the file with its top-level `key` set to `value` on one line, added where it is missing.

    Comments inside a former value move to lines above it. Raises NotEditable where anything but that key
    would read differently afterwards.
    """
    try:
        text = raw.decode("utf-8-sig")
        start, end = _front_matter(text) if _is_markdown(file) else (0, len(text))
        changed = _edited(text[start:end], key, _flow(value), _line_end(text))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise NotEditable(file) from error
    bom = BOM if raw.startswith(BOM) else b""
    new = bom + (text[:start] + changed + text[end:]).encode()
    _require_alike(raw, new, file, key, value)
    return new


def _is_markdown(file: str) -> bool:
    return PurePath(file).suffix == ".md"


def _line_end(text: str) -> str:
    match = LINE_END.search(text)
    return match[0] if match else "\n"


def _front_matter(text: str) -> tuple[int, int]:
    """Returns where the lines between the two fences begin and end, by the same fences as a reader's."""
    # `^` matches after one kind of line end only, so lone ones of the other kind are replaced first.
    fences = FENCES.finditer(re.sub(r"\r(?!\n)", "\n", text))
    first, second = next(fences, None), next(fences, None)
    if first is None or second is None or first.start():
        raise NotEditable("no front matter")
    after = LINE_END.match(text, first.end())
    return after.end() if after else first.end(), second.start()


def _edited(text: str, key: str, written: str, line_end: str) -> str:
    node: Any = yaml.compose(text, Loader=Loader)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise NotEditable(key)
    for name, value in node.value:
        if name.value.strip() == key:
            return _replaced(text, name, value, written, line_end)
    indent = " " * node.start_mark.column
    gap = "" if text.endswith(("\n", "\r")) else line_end
    return f"{text}{gap}{indent}{key}: {written}{line_end}"


def _replaced(text: str, name: Any, value: Any, written: str, line_end: str) -> str:
    colon = text.index(":", name.end_mark.index) + 1
    scalars = sorted((scalar.start_mark.index, scalar.end_mark.index) for scalar in _scalars(value))
    if isinstance(value, yaml.MappingNode) and not value.flow_style:
        # The block ends with its last scalar: YAML's own end of it is where the next key begins.
        end = len(text[: scalars[-1][1]].rstrip())
    else:
        end = value.end_mark.index
    gaps = _between(text, colon, scalars, end)
    comments = [comment[0] for gap in gaps for comment in COMMENT.finditer(gap)]
    line = name.start_mark.index - name.start_mark.column
    indent = text[line : name.start_mark.index]
    lifted = "".join(f"{comment}{line_end}{indent}" for comment in comments)
    return (
        text[: line + len(indent)] + lifted + text[name.start_mark.index : colon] + f" {written}" + text[end:]
    )


def _between(text: str, start: int, scalars: list[tuple[int, int]], end: int) -> Iterator[str]:
    """Yields what stands before, between and after the scalars."""
    for first, last in scalars:
        yield text[start:first]
        start = last
    yield text[start:end]


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from _scalars(inner)
    else:
        for pair in node.value:
            for inner in pair:
                yield from _scalars(inner)


def _flow(value: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(text)}" for key, text in value.items()) + "}"


def _scalar(text: str) -> str:
    if WRITTEN_DAY.fullmatch(text) or (PLAIN.fullmatch(text) and yaml.safe_load(text) == text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _require_alike(raw: bytes, new: bytes, file: str, key: str, value: Mapping[str, str]) -> None:
    (former, body), (read, new_body) = _read(raw, file), _read(new, file)
    if any(tree.problems or not isinstance(tree.data, dict) for tree in (former, read)):
        raise NotEditable(file)
    if _stripped(read.data) != _stripped({**former.data, key: dict(value)}) or new_body != body:
        raise NotEditable(file)


def _stripped(data: Any) -> Any:
    """Returns the data without blanks at the ends of texts, which no value of the model keeps.

    A text that was the last in the file gains a line end when a key follows it.
    """
    if isinstance(data, dict):
        return {key: _stripped(inner) for key, inner in data.items()}
    return [_stripped(inner) for inner in data] if isinstance(data, list) else data.strip()


def _read(raw: bytes, file: str) -> tuple[Tree, str]:
    """Returns the file's YAML and the body, which is "" for a YAML file."""
    source, _ = source_from(raw, file)
    if not _is_markdown(file):
        return parse_yaml(source.text, file), ""
    parted = split_front_matter(source)
    return parted.tree, parted.body
