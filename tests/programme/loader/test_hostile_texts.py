"""No text, however it is made, holds check or build for long: it is refused by a finding or read in time."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from broken_samples import SECOND

from taphuan.programme.loader import load
from taphuan.programme.loader.files import BIGGEST_MARKDOWN, LONGEST_LINE

pytestmark = pytest.mark.thorough

#: One reading takes one to six of these; far more is an order of growth, not a slow machine.
SECONDS_OF_CPU = 60
#: Repeated on lines as long as may be.
ON_A_LINE = (
    *("[", "![", "[a](", "[[a]", "](", "]", "[@", "[@a:", "[a]: ", "[a][", "[term:a|", "[contact:", "\\["),
    *(
        "<",
        "<a ",
        "<!--",
        "</",
        "<http:",
        "<a@",
        "&",
        "&#",
        "*",
        "*a ",
        "**a ",
        "***a ",
        "*a_",
        "_",
        "_a ",
        "__a ",
    ),
    *(
        "* ",
        "`",
        "`a ",
        "`a``b",
        "```a",
        "~",
        "~~a ",
        ">",
        "> ",
        "- ",
        "1. ",
        "(",
        ")",
        "|",
        "!!!",
        "??? ",
        "#",
        "# ",
    ),
    *(
        "a",
        "a ",
        "1",
        "1 ",
        "0.",
        ".",
        "Điều ",
        "Điều 1 ",
        "Nghị định ",
        "Nguyễn Văn ",
        "a@",
        "a.",
        "www.",
        "http://",
    ),
    *(
        "{",
        "{: ",
        "{.a ",
        "}",
        "\\",
        "\t",
        "-",
        '"',
        "“",
        "'",
        ":",
        "1% ",
        "‹",
        "\u0301",
        "•",
        "a\u200b",
        "a\xad",
    ),
    *("аa", "®«n ", "\ufffd", "![x](y.png)", "[x](giu-nguon-nuoc.md)"),
)
#: Repeated with their ends of lines.
OF_LINES = (
    *(
        "[\n",
        "> \n",
        "- a\n",
        "a) b\n",
        "+ a\n",
        "👉 a\n",
        "a b.\n",
        "a b.\n\n",
        "a  \n",
        "## a\n\n",
        "---\n\n",
    ),
    *(
        "!!! note\n",
        "!!! note\n    a\n\n",
        '??? note "a"\n    b\n\n',
        "```\n",
        "| a | b |\n",
        "a\tb\n",
        "\n",
        " \n",
    ),
    *("a|b\n-|-\n", "[a]: b\n", "<b>\n", "* * a\n", "1. a\n\n   b\n", "[a](\n"),
)
#: Each line further in than the one before.
STAIRS = ("- a", "!!! note", "> a", "1. a")

READ = """
import json, sys
from pathlib import Path
from taphuan.programme.loader import load
from taphuan.render.text.prose import Prose
from taphuan.render.text.paper import Notes
from taphuan.render.site import pages

loading = load(Path(sys.argv[1]))
if not loading.has_errors:
    lesson = loading.programme.lessons["nuoc-sach/bao-nuoc-ban"]
    Prose(loading.programme).print_html(lesson.body, Notes(), lesson.source)
    assert any("/bao-nuoc-ban/" in page.path for page in pages(loading.programme))
print(json.dumps(sorted({found.code for found in loading.findings})))
"""


def filled(shape: str) -> str:
    size = len(shape.encode())
    if shape.endswith("\n"):
        return shape * ((BIGGEST_MARKDOWN - 2_000) // size)
    line = shape * (LONGEST_LINE // max(size, len(shape)) - 1) + "\n"
    return line * ((BIGGEST_MARKDOWN - 2_000) // len(line.encode()))


def stairs(step: str) -> str:
    return "\n".join(" " * 4 * number + step for number in range(300))


TEXTS = {
    **{f"{shape!r} on a line": filled(shape) for shape in ON_A_LINE},
    **{f"{shape!r}": filled(shape) for shape in OF_LINES},
    **{f"{step!r} as stairs": stairs(step) for step in STAIRS},
}


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_CPU, SECONDS_OF_CPU))


@pytest.mark.soak
@pytest.mark.parametrize("text", TEXTS)
def test_a_lesson_of_one_shape_is_read_or_refused_in_time(good: Path, text: str) -> None:
    lesson = good / SECOND
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n\n" + TEXTS[text], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", READ, str(good)], capture_output=True, text=True, preexec_fn=_limited
    )
    assert done.returncode == 0, done.stderr[-500:] or "longer than the time that it was given"
    assert "file-too-big" not in json.loads(done.stdout), "the text tried nothing"


@pytest.mark.parametrize("shape", ["[" * 40_000, "![" * 20_000, ("[" * 100 + "\n") * 400, "[a] [" * 8_000])
def test_brackets_that_nothing_closes_are_refused(good: Path, shape: str) -> None:
    lesson = good / SECOND
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n\n" + shape, encoding="utf-8")
    assert {finding.code for finding in load(good).findings} & {"open-brackets", "long-line"}


@pytest.mark.parametrize(
    "text",
    [
        "`" + "[" * 30 + "`",
        "\\[" * 30,
        "[a](giu-nguon-nuoc.md) " * 30,
        "- [ ] Ghi sổ\n" * 30,
        "Một [ và\n\n" * 30,
        "```\n" + "[" * 30 + "\n```",
    ],
)
def test_brackets_that_are_code_or_closed_or_far_apart_are_none_too_many(good: Path, text: str) -> None:
    lesson = good / SECOND
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n\n" + text, encoding="utf-8")
    assert "open-brackets" not in {finding.code for finding in load(good).findings}


@pytest.mark.parametrize("sign", ["1. ", "- ", "+ ", "* ", "-\t", "   - ", "> ", ">", "> - 1. ", "    - "])
def test_signs_of_lists_behind_each_other_are_refused_where_they_stand(good: Path, sign: str) -> None:
    """Python-Markdown reads a list in a list in a list; thousands of them end its recursion."""
    lesson = good / SECOND
    before = lesson.read_text(encoding="utf-8") + "\n\n"
    lesson.write_text(before + sign * (LONGEST_LINE // len(sign) - 1) + "a", encoding="utf-8")
    (deep,) = (finding for finding in load(good).findings if finding.code == "deep-text")
    assert deep.is_error
    assert deep.line == before.count("\n") + 1


@pytest.mark.parametrize("text", ["- " * 40, "*  " * 40, "- - - a", "> > > a", "1. 2. 3.", f"`{'- ' * 40}`"])
def test_a_rule_and_lists_of_few_levels_are_not_too_deep(good: Path, text: str) -> None:
    lesson = good / SECOND
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n\n" + text, encoding="utf-8")
    assert "deep-text" not in {finding.code for finding in load(good).findings}
