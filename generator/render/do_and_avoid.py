"""Signs of what to do and what not to do: at the heads of two columns of a table, at the lines of a list.

The words say it too; a sign lets an eye that runs down the page find them, also without colour.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

#: The head of a column denies that of its neighbour: "Không ghi" beside "Ghi"; "Có hại ai không?" asks.
DENIED = re.compile(r"\b(?:không|đừng|tránh)\b(?!\s*\?)", re.IGNORECASE)
#: The head of a column says by itself that this is done, or that it is better left.
DONE = re.compile(r"\bnên (?:nói|hỏi|ghi|viết|dùng|làm)\b|^nói(?: thay| thế này)?$|^tốt hơn$", re.IGNORECASE)
LEFT = re.compile(r"\bbuột miệng\b|^hay nói$|^chưa tốt$", re.IGNORECASE)
#: The head of a column that only explains.
EXPLAINED = re.compile(r"\b(?:vì sao|nghe thành|nghe thấy)\b", re.IGNORECASE)
#: A list in HTML, and a line of it that begins with what not to do (first group) or with what to do.
LIST = re.compile(r"<ul>.*?</ul>", re.DOTALL)
LINE = re.compile(r"<li>(?=\s*(?:<p>)?<strong>(?:(Khoan|Đừng|Không)|Nên|Hãy)\b)")
#: A line that begins with what people get wrong: "Nhầm: “Không đau là không bệnh.”"
MISTAKE = re.compile(r"<li>(?=\s*(?:<p>)?<strong>Nhầm:)")


class ColumnSigns(Extension):
    """Adds `_Columns` to a converter, before the text of cells is read."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Columns(md), "column_signs", 25)


class _Columns(Treeprocessor):
    """Gives the heads of what to do and what not to do a class, which styles draw the sign for."""

    def run(self, root: Element) -> None:
        for row in root.iter("tr"):
            heads = row.findall("th")
            for head, sign in zip(heads, signs_of([head.text or "" for head in heads]), strict=True):
                if sign:
                    head.set("class", sign)


def signs_of(heads: list[str]) -> list[str]:
    """Returns "do", "avoid" or "" for each head; signs come in pairs, or not at all."""
    left = [bool(DENIED.search(head) or LEFT.search(head)) and not EXPLAINED.search(head) for head in heads]
    done = [bool(DONE.search(head)) and not DENIED.search(head) for head in heads]
    if len(heads) == 2 and sum(left) == 1 and not any(LEFT.search(head) for head in heads):
        done = [not is_left and not EXPLAINED.search(head) for head, is_left in zip(heads, left, strict=True)]
    if sum(left) != 1 or sum(done) != 1:
        return [""] * len(heads)
    signs = {(True, False): "avoid", (False, True): "do"}
    return [signs.get(pair, "") for pair in zip(left, done, strict=True)]


def mark_lines(html: str) -> str:
    """Returns HTML with a class on each line of a list that sets what to do against what not to.

    A line that names a mistake is marked as what not to do, whatever stands beside it.
    """
    return LIST.sub(lambda bullets: _marked(bullets[0]), html)


def _marked(lines: str) -> str:
    lines = MISTAKE.sub('<li class="avoid">', lines)
    if len({bool(line[1]) for line in LINE.finditer(lines)}) < 2:
        return lines
    return LINE.sub(lambda line: f'<li class="{"avoid" if line[1] else "do"}">', lines)
