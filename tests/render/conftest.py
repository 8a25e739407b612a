"""The sample, its sheets with an address of the site, and some of them off the press."""

from __future__ import annotations

import pytest
from paper_sheets import BOOK, HANDOUT, LEAFLET, MONO, POSTER, SITE, on_paper
from programmes import SAMPLES

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Printed, Sheet


@pytest.fixture(scope="module")
def programme() -> Programme:
    loaded = load(SAMPLES / "good").programme
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def online(programme: Programme) -> dict[str, Sheet]:
    return on_paper(programme, SITE)


@pytest.fixture(scope="module")
def printed(
    online: dict[str, Sheet], chromium_path: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Printed]:
    wanted = [online[id + edition] for id in (HANDOUT, LEAFLET, POSTER) for edition in ("", MONO)]
    folder = tmp_path_factory.mktemp("prints")
    done = print_sheets(
        [*wanted, online[BOOK]],
        out=folder / "out",
        cache=folder / "cache",
        executable=chromium_path,
    )
    return {copy.sheet: copy for copy in done}
