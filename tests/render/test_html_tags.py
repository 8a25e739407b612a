"""Finished HTML is read as its texts and tags in turn."""

from __future__ import annotations

from taphuan.render.html_tags import attributes_of, split_tags, tag_name


def test_texts_and_tags_take_turns() -> None:
    assert split_tags("a<b>c</b><br>") == ["a", "<b>", "c", "</b>", "", "<br>", ""]


def test_a_sign_in_a_value_or_a_comment_ends_no_tag() -> None:
    assert split_tags('<a title="x > y">b</a>')[1] == '<a title="x > y">'
    assert split_tags("<!-- <p> > --><i>")[1::2] == ["<!-- <p> > -->", "<i>"]


def test_a_sign_that_begins_no_tag_is_text() -> None:
    assert split_tags("3 < 5 và 5 > 3") == ["3 < 5 và 5 > 3"]


def test_a_tag_has_its_name_and_its_attributes() -> None:
    assert [tag_name(tag) for tag in ("<P class='x'>", "</p>", "<br/>", "<!-- p -->")] == [
        "p",
        "/p",
        "br",
        "",
    ]
    assert attributes_of('<input type="radio" data-label="a > b" checked/>') == {
        "type": "radio",
        "data-label": "a > b",
        "checked": "",
    }
