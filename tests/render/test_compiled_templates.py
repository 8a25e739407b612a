"""Templates are compiled once, and never shown as they were before."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from taphuan.render import templates
from taphuan.render.templates import keep_compiled


def drawn(cache: Path, source: str, *, trim: bool = False, suffix: str = "") -> str:
    jinja = Environment(loader=DictLoader({"a.j2": source}), trim_blocks=trim, autoescape=True)
    jinja.filters["ended"] = lambda text: text + suffix
    keep_compiled(jinja, cache)
    return jinja.get_template("a.j2").render()


def compiled(cache: Path) -> list[Path]:
    return sorted((cache / "templates").rglob("*"))


def test_what_was_compiled_is_there_for_the_next_run(tmp_path: Path) -> None:
    assert drawn(tmp_path, "{{ 1 + 1 }}") == drawn(tmp_path, "{{ 1 + 1 }}") == "2"
    assert len([path for path in compiled(tmp_path) if path.is_file()]) == 1


def test_a_template_that_was_changed_is_compiled_anew(tmp_path: Path) -> None:
    assert [drawn(tmp_path, source) for source in ("một", "hai", "một")] == ["một", "hai", "một"]


def test_another_environment_compiles_its_own(tmp_path: Path) -> None:
    source = "{% if true %}\nmột{% endif %}"
    assert [drawn(tmp_path, source, trim=trim) for trim in (False, True, False)] == ["\nmột", "một", "\nmột"]


def test_a_filter_that_was_changed_works_anew_on_constants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = '{{ "một" | ended }}'
    assert drawn(tmp_path, source, suffix=".") == "một."
    monkeypatch.setattr(templates, "_code_digest", lambda: "of other code")
    assert drawn(tmp_path, source, suffix="!") == "một!"


def test_where_nothing_can_be_kept_the_page_is_drawn_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("")
    assert drawn(file, "một") == "một"
