"""YAML is read as the text an author sees, each value with its place, and nothing clever is let in."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from taphuan.programme.loader.yaml_tree import DEEPEST, SourcePosition, Tree, parse_yaml
from taphuan.programme.model.values import UNSEEN


def read(text: str) -> Tree:
    return parse_yaml(text, "x.yml")


def codes(tree: Tree) -> list[str]:
    return [problem.code for problem in tree.problems]


@pytest.mark.parametrize(
    "written",
    "0213 14:30 y no on nan .inf 1_000 40.0 1735689600 0x1F 1e3 2026-01-01 =".split(),  # noqa: SIM905
)
def test_a_value_stays_what_is_written(written: str) -> None:
    assert read(f"a: {written}").data == {"a": written}
    assert read(f"a: '{written}'").data == {"a": written}
    assert read(f"{written}: a").data == {written: "a"}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_what_every_editor_reads_as_nothing_is_empty(nothing: str) -> None:
    assert read(f"a: {nothing}\nb: [{nothing or '~'}]").data == {"a": "", "b": [""]}


@pytest.mark.parametrize("word", ["~", "null", "NULL"])
def test_in_quotes_the_word_for_nothing_is_a_word(word: str) -> None:
    assert read(f'a: "{word}"').data == {"a": word}


def test_a_key_that_is_a_word_for_nothing_is_a_key() -> None:
    assert read("null: a").data == {"null": "a"}


def test_each_key_and_value_has_its_line_column_and_width() -> None:
    tree = parse_yaml("tiêu đề: Giữ nước\nmục:\n  - {a: một, b: “hai”}\n", "x.yml", first_line=5)
    assert tree.keys == {
        ("tiêu đề",): SourcePosition(5, 1, 7),
        ("mục",): SourcePosition(6, 1, 3),
        ("mục", 0, "a"): SourcePosition(7, 6, 1),
        ("mục", 0, "b"): SourcePosition(7, 14, 1),
    }
    assert tree.values[("tiêu đề",)] == SourcePosition(5, 10, 8)
    assert tree.values[("mục", 0, "b")] == SourcePosition(7, 17, 5)


def test_of_a_key_written_twice_the_later_value_stands_as_the_finding_says() -> None:
    tree = read("a: 1\nb: 2\na: 3")
    assert (tree.data, codes(tree)) == ({"a": "3", "b": "2"}, ["duplicate-key"])
    assert tree.problems[0].place.line == 3
    assert tree.values[("a",)] == SourcePosition(3, 4, 1)


def test_keys_that_differ_by_a_space_alone_are_the_same_key() -> None:
    assert codes(read('"a ": 1\na: 2')) == ["duplicate-key"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a: &x 1", ["yaml-anchor"]),
        ("a: &x {b: 1}", ["yaml-anchor"]),
        ("a: &x [1]", ["yaml-anchor"]),
        ("a: *x", ["yaml-anchor"]),
        ("&x a: 1", ["yaml-anchor"]),
        ("a: &x {b: 1}\nc: {<<: *x}", ["yaml-anchor", "yaml-anchor"]),
        ("a: !!str 1", ["yaml-tag"]),
        ("a: ! 1", ["yaml-tag"]),
        ("a: !!python/object/apply:os.system [ls]", ["yaml-tag"]),
        ("!x a: 1", ["yaml-tag"]),
        ("a: 1\n---\nb: 2", ["two-documents"]),
        ("--- a\n--- b\n--- c", ["two-documents"]),
        ("a:\n\tb: 1", ["yaml-tab"]),
        ("a: b: c", ["colon-in-text"]),
        ("a: [1", ["bracket-not-closed"]),
        ("a: 'x", ["quote-not-closed"]),
        ("? [a, b]\n: c", ["yaml-syntax"]),
        ("%YAML 9.9\n---\na: 1", ["yaml-syntax"]),
        ('a: "\\ud800"', ["backslash-in-quotes"]),
        ("a: `b`", ["sign-at-start"]),
        ("a: @b", ["sign-at-start"]),
    ],
)
def test_what_yaml_knows_and_an_author_does_not_need_is_found(written: str, expected: list[str]) -> None:
    assert codes(read(written)) == expected


@pytest.mark.parametrize("raw", ["a: b\0c", "\0", "a: \x07", "\ufffe"])
def test_a_control_character_is_a_mistake_and_not_an_accident(raw: str) -> None:
    assert codes(read(raw)) == ["yaml-syntax"]


@pytest.mark.parametrize("nothing", ["", "# chỉ có lời ghi\n", "\n\n"])
def test_a_text_without_a_value_has_no_data(nothing: str) -> None:
    tree = read(nothing)
    assert (tree.data, tree.problems) == (None, [])


def test_a_bomb_of_aliases_is_not_opened() -> None:
    laughs = "a0: &a0 [ha]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    tree = read(laughs)
    assert tree.data is None
    assert set(codes(tree)) == {"yaml-anchor"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_bomb_of_brackets_is_not_followed_to_its_bottom(opening: str) -> None:
    tree = read(opening * 50_000)
    assert tree.data is None
    assert codes(tree) in (["too-deep"], ["yaml-syntax"])


def test_what_is_nested_as_deep_as_is_allowed_is_read() -> None:
    assert codes(read("[" * DEEPEST + "x" + "]" * DEEPEST)) == []
    assert codes(read("[" * (DEEPEST + 1) + "x" + "]" * (DEEPEST + 1))) == ["too-deep"]


TEXT = st.text(max_size=40).filter(lambda text: not UNSEEN.search(text))
LETTERS = st.text(alphabet="abcđêơ-", min_size=1, max_size=8).filter(lambda key: not key.startswith("-"))
VALUES = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.slow
@settings(derandomize=True, max_examples=150, deadline=None)
@given(VALUES)
def test_what_another_program_writes_as_yaml_is_read_as_it_was_meant(value: object) -> None:
    written = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    tree = read(written)
    assert (tree.data, tree.problems) == (value, [])


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("a:-[]{}&*!|>'\"%@`#?,~ \n\tđ\0\u2028"), max_size=60) | st.text())
def test_no_text_at_all_makes_reading_fail(text: str) -> None:
    tree = read(text)
    lines = sum(text.count(end) for end in "\n\r\x85\u2028\u2029")
    assert tree.data is not None or tree.problems or not text.strip() or "#" in text or "..." in text
    for mark in (*tree.keys.values(), *tree.values.values()):
        assert 1 <= mark.line <= lines + 2
        assert mark.column >= 1
        assert mark.width >= 1
