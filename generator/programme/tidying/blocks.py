"""The first line of a block: its signs, its name and the quotation marks that Word and Zalo curl.

The name of a block says how it is drawn. So any signs will do before a name that there is, and all that
stands behind it is the title.
"""

from __future__ import annotations

import re

#: The blocks that pages and sheets draw, each with the signs that open it.
SIGNS = {"case": "!!!", "discussion": "???", "law": "!!!", "key": "!!!", "monday": "!!!"}
OPENING = re.compile(
    r"^(?P<indent>[ \t]*)(?P<line>(?P<signs>!{1,6}\+?|\?{1,6}\+?)[ \t]*"
    rf"(?P<name>{'|'.join(SIGNS)})(?![\w-])(?P<rest>[^\n]*))$",
    re.MULTILINE | re.IGNORECASE,
)
NAMED_QUOTES = re.compile(r"&(?:quot|ldquo|rdquo|#34|#822[01]);")
DOUBLE, SINGLE = '"“”„‟«»', "'‘’‚‛"
#: Curled within a title, so that the two around it can only be its own.
STRAIGHT = re.compile(r"(?P<opens>(?<![^\s(\[])\"(?=\S))|\"")
#: What people write between a name and a title.
BETWEEN = " \t:–—-"


def tidied(text: str) -> str:
    """Returns the text with every block opened as Markdown knows it; no line is added."""
    if "!" not in text and "?" not in text:
        return text
    return OPENING.sub(_opened, text)


def _opened(line: re.Match[str]) -> str:
    name = line["name"].lower()
    signs = SIGNS[name] + ("+" if name == "discussion" and line["signs"].endswith("+") else "")
    title = f' "{title_of(line["rest"])}"' if line["rest"].strip(BETWEEN) else ""
    return f"{line['indent']}{signs} {name}{title}"


def title_of(rest: str) -> str:
    """Returns the title out of what stands behind a block's name, without the marks around it."""
    title = NAMED_QUOTES.sub('"', rest).lstrip(BETWEEN).rstrip()
    for marks in (DOUBLE, SINGLE):
        found = [at for at, sign in enumerate(title) if sign in marks]
        if len(found) == 1 and marks == DOUBLE and found[0] in (0, len(title) - 1):
            title = title.strip(marks).strip()
        if len(found) > 1 and found[0] == 0 and found[-1] == len(title) - 1 and _is_pair(title, found):
            title = title[1:-1].strip()
            break
    return STRAIGHT.sub(lambda mark: "“" if mark["opens"] else "”", title)


def _is_pair(title: str, marks: list[int]) -> bool:
    """Whether the first mark is closed by the last one, not by the one behind it: “Có” hay “không”."""
    if title[0] == title[-1] == '"' and title.count('"') == 2:
        return True
    return len(marks) == 2 or marks[1] == 1 or title[marks[1] - 1] in " \t(["
