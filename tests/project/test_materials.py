"""A kind of material is added as docs/materials.md says, in four files: checked, printed and offered."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from programmes import REPOSITORY, Edit, change
from recipes import differing, follow_recipe

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

RECIPE = (REPOSITORY / "docs/materials.md").read_text(encoding="utf-8")
CAMPAIGN = "content/campaigns/giu-giot-nuoc.yml"
#: As `taphuan`, whichever package of that name comes first.
COMMAND = "import sys; from taphuan.cli import main; sys.exit(main())"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the card in it."""
    return follow_recipe(RECIPE, tmp_path_factory.mktemp("package") / "taphuan")


@pytest.fixture
def taphuan(package: Path, whole: Path) -> Run:
    """Runs the copy's command on a programme with a card."""
    (card,) = re.findall(r"^```yaml\n(.*?)^```$", RECIPE, re.M | re.S)
    change(whole, CAMPAIGN, "loudspeaker:\n", f"{card}loudspeaker:\n")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            cwd=whole,
            env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_a_kind_of_material_is_two_modules_a_template_and_a_style(package: Path) -> None:
    assert differing(REPOSITORY / "generator", package) == {
        "programme/model/campaign.py",
        "render/paper/publications.py",
        "templates/paper/card.html.j2",
        "templates/paper/card.css",
    }


def test_the_new_kind_is_printed_and_stands_among_the_downloads(taphuan: Run, whole: Path) -> None:
    built = taphuan("build")
    assert built.returncode == 0, built.stderr
    for edition in ("", "-den-trang"):
        with pikepdf.open(whole / f"site/tai-lieu/giu-giot-nuoc-the{edition}.pdf") as pdf:
            assert len(pdf.pages) == 1
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
    page = (whole / "site/tai-lieu/index.html").read_text(encoding="utf-8")
    headings = [re.sub(r"<[^>]+>|¶", "", heading) for heading in re.findall(r"<h2.*?</h2>", page, re.S)]
    kinds = [heading.strip() for heading in headings if heading.strip() != "Cách in"]
    first = kinds.index("Tờ gấp ba")
    assert kinds[first:][:3] == ["Tờ gấp ba", "Áp phích", "Thẻ bỏ túi"]
    assert "Tờ dán, thẻ tra" in kinds[first + 3 :]
    index = json.loads((whole / "site/tai-lieu/index.json").read_text(encoding="utf-8"))
    assert [entry["title"] for entry in index if entry["kind"] == "card"] == ["Thẻ giữ trong ví"] * 2
    pictures = {entry["thumbnail"] for entry in index if entry["kind"] == "card"}
    assert any(Path(picture).name in page for picture in pictures), "its first page is shown"
    schema = json.loads((whole / "schema/campaign.json").read_text(encoding="utf-8"))
    assert schema["$defs"]["Card"]["properties"]["kind"] == {
        "const": "card",
        "title": "Kind",
        "type": "string",
    }


def test_the_drawing_of_the_new_kind_stands_where_nothing_is_printed(package: Path) -> None:
    (drawing,) = re.findall(r"^<rect class=\"thumb-paper\" x=\"3\" y=\"14\".*$", RECIPE, re.M)
    code = (
        "from taphuan.render.templates import render_block; "
        "print(render_block('paper/card.html.j2', 'thumbnail'))"
    )
    drawn = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert drawn.stdout.strip() == drawing


def test_the_new_kind_is_checked_and_counted_as_the_others_are(taphuan: Run, whole: Path, edit: Edit) -> None:
    edit(
        whole,
        CAMPAIGN,
        "    kind: card\n",
        "    kind: card\n    picture: khong-co\n    contacts: [khong-goi]\n",
    )
    edit(whole, CAMPAIGN, "summary: Giúp mỗi nhà giữ nước sạch.", "summary: Hai thẻ bỏ túi và hai tờ gấp.")
    checked = taphuan("check")
    assert checked.returncode == 1
    for code in ("unknown-picture", "unknown-contact"):
        assert f"[{code}]" in checked.stdout + checked.stderr
    assert (checked.stdout + checked.stderr).count("[wrong-total]") == 2
    assert "1 thẻ bỏ túi" in taphuan("status").stdout


def test_what_does_not_fit_the_new_kind_is_found_at_its_field(taphuan: Run, whole: Path, edit: Edit) -> None:
    edit(
        whole,
        CAMPAIGN,
        "    text: Thấy lời mời lạ,",
        "    text: " + "Nói dài quá thì tràn ra ngoài thẻ, " * 30,
    )
    built = taphuan("build")
    assert built.returncode == 1
    assert "[panel-overflow]" in built.stderr
    assert not (whole / "site").exists()
