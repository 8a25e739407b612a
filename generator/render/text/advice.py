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
#: The first words of a line that says what not to do, of one that says what to do, and of a mistake.
LEFT_OUT, ASKED_FOR = ("Khoan", "Đừng", "Không"), ("Nên", "Hãy")
#: What people get wrong: "Nhầm: “Không đau là không bệnh.”"
MISTAKE = "Nhầm:"


class SignsOfAdvice(Extension):
    """Adds `_Columns` to a converter, before the text of cells is read, and `_Lines`, behind it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Columns(md), "column_signs", 25)
        md.treeprocessors.register(_Lines(md), "line_signs", 15)


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


class _Lines(Treeprocessor):
    """Gives each line of a list that sets what to do against what not to a class.

    A line that names a mistake is marked as what not to do, whatever stands beside it.
    """

    def run(self, root: Element) -> None:
        for bullets in root.iter("ul"):
            leads = [(line, _lead(line)) for line in bullets]
            left = [line for line, lead in leads if lead.split(" ")[0].rstrip(":,.") in LEFT_OUT]
            done = [line for line, lead in leads if lead.split(" ")[0].rstrip(":,.") in ASKED_FOR]
            pairs = [*((line, "do") for line in done), *((line, "avoid") for line in left)]
            mistakes = [(line, "avoid") for line, lead in leads if lead.startswith(MISTAKE)]
            for line, sign in [*(pairs if left and done else ()), *mistakes]:
                line.set("class", sign)


def _lead(line: Element) -> str:
    """Returns the strong words that a line begins with, else ""."""
    holder = line[0] if len(line) and line[0].tag == "p" and not (line.text or "").strip() else line
    is_strong = len(holder) and holder[0].tag == "strong" and not (holder.text or "").strip()
    return "".join(holder[0].itertext()) if is_strong else ""
