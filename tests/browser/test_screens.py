"""The first screen of each kind of page looks as it did when somebody last looked at it.

The pages are those of the sample programme, so that words that change in the real one renew nothing.
Letters are the bundled face, so that a machine without fonts sees the same. `make screens` takes the
pictures anew: look at each before you commit it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page
from programmes import SAMPLES

from taphuan.build import Options, build
from taphuan.programme.typeface import FONTS

from .conftest import Silence, served

REPOSITORY = Path(__file__).parents[2]
PICTURES = Path(__file__).parent / "screens"
#: The major version of the browser that drew the pictures: another one draws letters and lines otherwise.
DRAWN_BY = PICTURES / "browser.txt"
RENEW = os.environ.get("TAPHUAN_SCREENS") == "renew"
#: A point differs where a channel is off by more than this, of 255; so many points of a thousand may.
OFF = 40
PER_THOUSAND = 4

FACES = "".join(
    f'@font-face{{font-family:"Screens";font-weight:{weight};src:url(/font/BeVietnamPro-{face}.ttf)}}'
    for weight, face in ((400, "Regular"), (600, "SemiBold"), (700, "Bold"))
)
FAMILY = '{--md-text-font-family:"Screens"!important;font-family:"Screens"!important}'
LETTERS = f"{FACES}body,button,input,select{FAMILY}"
KINDS = {
    "home": "",
    "course": "khoa-hoc/nuoc-sach/",
    "lesson": "khoa-hoc/nuoc-sach/bao-nuoc-ban/",
    "laws": "phap-luat/",
    "plan": "ke-hoach/",
    "campaign": "truyen-thong/giu-giot-nuoc/",
    "downloads": "tai-lieu/",
    "help": "ho-tro/",
}
SCREENS = [(kind, width, "light") for kind in KINDS for width in (360, 1280)] + [("lesson", 360, "dark")]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample programme's site."""
    root = tmp_path_factory.mktemp("sample")
    for part in ("content", "curricula"):
        shutil.copytree(SAMPLES / "good" / part, root / part)
    shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    (root / "content/pages").mkdir(exist_ok=True)
    site = build(Options(root=root, prints=False), Silence()).site
    with served(site) as address:
        yield address


def screen(chromium: Browser, address: str, width: int, theme: str, file: Path) -> None:
    """Draws the first screen of a page into a file."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page: Page = context.new_page()
    page.route("**/font/*", lambda route: route.fulfill(path=FONTS / route.request.url.rsplit("/", 1)[-1]))
    page.goto(address)
    page.add_style_tag(content=LETTERS)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file, animations="disabled")
    context.close()


def difference(seen: Path, kept: Path) -> float:
    """Returns how many points of a thousand differ; 1000 where the sizes do."""
    with Image.open(seen) as new, Image.open(kept) as old:
        if new.size != old.size:
            return 1000
        channels = ImageChops.difference(new.convert("RGB"), old.convert("RGB")).split()
        most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
        return sum(most.histogram()[OFF + 1 :]) / (new.width * new.height) * 1000


@pytest.mark.parametrize(("kind", "width", "theme"), SCREENS)
def test_a_page_looks_as_it_did(
    chromium: Browser, sample: str, tmp_path: Path, kind: str, width: int, theme: str
) -> None:
    name = f"{kind}-{width}{'-dark' if theme == 'dark' else ''}.png"
    major = chromium.version.split(".")[0]
    if not RENEW and DRAWN_BY.read_text(encoding="utf-8").strip() != major:
        pytest.skip(f"the pictures were drawn by Chromium {DRAWN_BY.read_text(encoding='utf-8').strip()}")
    seen = tmp_path / name
    screen(chromium, sample + KINDS[kind], width, theme, seen)
    if RENEW:
        with Image.open(seen) as picture:
            picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(
                PICTURES / name, optimize=True
            )
        DRAWN_BY.write_text(f"{major}\n", encoding="utf-8")
        return
    off = difference(seen, PICTURES / name)
    assert off <= PER_THOUSAND, (
        f"{name}: {off:.1f} of 1000 points look different, see {seen}; if that is meant: make screens"
    )


@pytest.mark.skipif(RENEW, reason="the pictures are being taken")
def test_every_picture_is_of_a_page() -> None:
    names = {f"{kind}-{width}{'-dark' if theme == 'dark' else ''}.png" for kind, width, theme in SCREENS}
    assert {path.name for path in PICTURES.glob("*.png")} == names
