"""One value of a file is replaced; what else stands there stays as the author left it, byte for byte."""

from __future__ import annotations

import pytest

from taphuan.programme.loader.yaml_edit import NotEditable, replace_value

DRAFT = "review: {status: draft}"
VALUE = {"status": "approved", "by": "Sở Y tế tỉnh Mẫu", "decision": "12/QĐ-SYT", "approved": "01/12/2026"}
MADE = ", ".join(f"{key}: {text}" for key, text in VALUE.items())
NEW = f"review: {{{MADE}}}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: 'x' # m\nreview: {status: draft}  # w\nz: 1\n", f"a: 'x' # m\n{NEW}  # w\nz: 1\n"),
        ("a: x\nreview:\n  status: draft\n  by: >\n    Bà\n\n# sau\nz: 1\n", f"a: x\n{NEW}\n\n# sau\nz: 1\n"),
        ("a: x\nreview:   {status: draft,\n  by: Bà}\n", f"a: x\n{NEW}\n"),
        (
            "a: x\nreview: # vì\n  by: Bà\n  # rồi\n  status: draft # đợi\n",
            f"a: x\n# vì\n# rồi\n{NEW} # đợi\n",
        ),
        ("a: x\nn: |\n  Dòng.\n", f"a: x\nn: |\n  Dòng.\n{NEW}\n"),
        ("a: 😀 chữ\n'review': {}\nz: 1\n", f"a: 😀 chữ\n'review': {{{MADE}}}\nz: 1\n"),
    ],
    ids=["one line", "a block", "over two lines", "comments inside", "missing", "a key in quotes"],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("shape", ["{}", "---\n{}---\nThân bài\n---\n"], ids=["YAML", "Markdown"])
def test_only_the_value_changes(old: str, new: str, line_end: str, mark: str, shape: str) -> None:
    file = "a.md" if "---" in shape else "a.yml"
    raw, wanted = ((mark + shape.format(text)).replace("\n", line_end).encode() for text in (old, new))
    assert replace_value(raw, file, "review", VALUE) == wanted


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.yml", "{a: x, review: {status: draft}}\n"),
        ("a.yml", "a: x\n...\n"),
        ("a.yml", "a: [x\n"),
        ("a.md", "Không có phần đầu\n"),
        ("a.yml", "- a\n"),
    ],
)
def test_what_cannot_be_changed_with_all_else_as_it_was_is_left_to_a_person(file: str, text: str) -> None:
    with pytest.raises(NotEditable):
        replace_value(text.encode(), file, "review", VALUE)
