"""The MkDocs plugin, with what happens at each event of a build; only this package knows MkDocs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment
from markupsafe import Markup
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from ..programme import urls
from ..programme.loader import load_kept
from ..programme.loader.memo import CACHE_FOLDER
from ..programme.model.programme import Programme
from ..render.html_safety import trusted_html
from ..render.printable import Download
from ..render.security_policy import with_policy
from ..render.site import PageCache, SitePage, pages
from ..render.site_parts import FURTHER_LISTS, SITE_PARTS, hand_pages
from ..render.templates import SHARED_ASSETS, day, environment, keep_compiled
from ..render.text.paper import IMAGES
from ..render.text.site import PICTURES
from ..render.typography import bind_page, bound
from ..two_processes import shared
from . import search_index
from .drawn_page import DrawnPage
from .joined_assets import SCRIPTS, STYLES, JoinedAssets
from .page_html import small_drawing, small_page

#: What the search of a page is, in files that a browser's cache may not mix.
SEARCH_SCRIPTS = tuple(f"{SCRIPTS}/search-{part}.js" for part in ("worker", "index", "matches", "results"))


@dataclass(frozen=True, kw_only=True)
class MkDocsBuild:
    """The values that MkDocs made during a build; a preview renders single pages from them."""

    env: Environment
    files: Files
    nav: Navigation


class Typeset(NamedTuple):
    """A page's HTML as it is set, marked as trusted, and what the search index knows of it."""

    html: Markup
    entry: search_index.PageEntry | None


def _typeset(page: SitePage) -> Typeset:
    """Returns a page as it is set. Raises UntrustedHtml.

    The search index gets the words before they are bound, so that it has no spaces of other kinds.
    """
    html, meta, entry = page.body.strip(), page.meta, None
    if not meta.get("unlisted"):
        entry = search_index.page_entry(
            page.address,
            page.title,
            html,
            readers=meta.get("readers", ()),
            ages=meta.get("ages", "all"),
            kind=meta.get("kind", ""),
        )
    return Typeset(trusted_html(bind_page(html), page.address), entry)


class TaphuanConfig(Config):  # type: ignore[no-untyped-call]
    """Options under `plugins: - taphuan:` in mkdocs.yml."""

    #: A folder of question banks kept apart from the repository.
    banks = config_options.Optional(config_options.Dir(exists=True))


class TaphuanPlugin(BasePlugin[TaphuanConfig]):  # type: ignore[no-untyped-call]
    """Hands a programme's pages to MkDocs and writes what goes with them."""

    def __init__(self) -> None:
        self.programme: Programme | None = None
        self.downloads: tuple[Download, ...] = ()
        self.pages: dict[str, SitePage] = {}
        self.entries: dict[str, search_index.PageEntry] = {}
        self.typeset: dict[str, Typeset] = {}
        self.page_done: Callable[[], None] = lambda: None
        self.cache: PageCache | None = None
        self.built: MkDocsBuild | None = None
        self.cache_folder = Path(CACHE_FOLDER)

    def use(
        self,
        programme: Programme,
        downloads: tuple[Download, ...],
        *,
        page_done: Callable[[], None],
        cache: PageCache | None = None,
    ) -> None:
        """Builds this programme, not the one beside mkdocs.yml; `page_done` is called after each page.

        Pages that are drawn stay in the `cache`, and what is in it already is not drawn.
        """
        self.programme, self.downloads = programme, downloads
        self.page_done, self.cache = page_done, cache

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.cache_folder = Path(config.config_file_path).parent / CACHE_FOLDER
        keep_compiled(environment(), self.cache_folder)
        if self.programme is None:
            self.programme = self._loaded(config)
        config.nav = [{config.site_name: "index.md"}]
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Returns the programme's pages and images as files; those of its folder are not copied as they are.

        Pages written by hand are among them, so pointers work there. A file of HTML would run its scripts.
        """
        for file in list(files):
            if file.src_dir == config.docs_dir:
                files.remove(file)
        assert self.programme is not None
        rendered = pages(self.programme, self.downloads, self.cache, site_url=config.site_url or "")
        self.pages = {page.path: page for page in rendered}
        typeset = shared(lambda some: [_typeset(page) for page in some], list(self.pages.values()))
        self.typeset = dict(zip(self.pages, typeset, strict=True))
        if self.cache is None:
            # Nobody asks for these pages again: what was set is all that is held.
            self.pages = {path: replace(page, content=page.content.bare) for path, page in self.pages.items()}
        for page in self.pages.values():
            files.append(page_file(page, config))
        for image in sorted(self.programme.files):
            if Path(image).suffix.lower() in IMAGES:
                files.append(image_file(self.programme, image, config))
        for folder, ending in ((SCRIPTS, "js"), (STYLES, "css")):
            for asset in sorted(SHARED_ASSETS.glob(f"*.{ending}")):
                files.append(File.generated(config, f"{folder}/{asset.name}", abs_src_path=str(asset)))
        return files

    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Returns the environment with escaping on, which MkDocs leaves off, and Vietnamese in its JSON."""
        env.autoescape = True
        keep_compiled(env, self.cache_folder)
        # Vietnamese in JSON is written as it is: escaped, each of its letters takes six characters.
        env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        env.filters.update(day=day, bound=bound)
        env.loader = ChoiceLoader([loader for loader in (env.loader, environment().loader) if loader])
        env.globals["programme"] = self.programme
        env.globals["site_parts"], env.globals["help_address"] = SITE_PARTS, urls.HELP
        env.globals["hand_pages"], env.globals["further_lists"] = hand_pages(self.programme), FURTHER_LISTS
        env.globals["link_from"] = partial(_link_from, config)
        self.joined = JoinedAssets(config.theme.dirs)
        env.globals["joined_styles"], env.globals["joined_scripts"] = self.joined.styles, self.joined.scripts
        env.globals["search_version"] = _version_of(config, SEARCH_SCRIPTS)
        self.built = MkDocsBuild(env=env, files=files, nav=self.navigation)
        return env

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.navigation = nav
        return nav

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Returns the page's HTML as it is set. Raises UntrustedHtml."""
        assert isinstance(page, DrawnPage)
        ready = self.typeset.pop(page.drawn.path, None) or _typeset(page.drawn)
        if ready.entry:
            self.entries[page.url] = ready.entry
        return ready.html

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        self.page_done()
        return small_page(with_policy(output))

    def on_post_template(self, output_content: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        return small_page(with_policy(output_content)) if template_name.endswith(".html") else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self.joined.write(Path(config.site_dir))
        self.write_index(Path(config.site_dir))

    def write_index(self, site: Path) -> None:
        search_index.write_index(site, [self.entries[url] for url in sorted(self.entries)])

    def _loaded(self, config: MkDocsConfig) -> Programme:
        """Returns the programme beside mkdocs.yml, for those who run MkDocs itself. Raises Abort."""
        root = Path(config.config_file_path).parent
        loading = load_kept(root, banks=Path(self.config.banks) if self.config.banks else None)
        if loading.programme is None or loading.has_errors:
            raise Abort("Nội dung còn lỗi. Chạy “taphuan check” để xem từng chỗ cần sửa.")
        return loading.programme


def _link_from(config: MkDocsConfig, page: Page | None) -> Callable[[str], str]:
    """Returns what makes a path from the site's root an address for a page; of no page, one from the root."""
    base = urlsplit(config.site_url or "/").path.rstrip("/")

    def link(address: str) -> str:
        return f"{base}/{address}" if page is None else urls.relative(address, page.url)

    return link


def image_file(programme: Programme, image: str, config: MkDocsConfig) -> File:
    """Returns the image as a file of the site; a drawing is its checked text, never the author's file."""
    address, drawing = PICTURES + image.removeprefix("content/"), programme.drawings.get(image)
    if drawing is not None:
        return File.generated(config, address, content=small_drawing(drawing))
    return File.generated(config, address, abs_src_path=str(programme.root / image))


def page_file(page: SitePage, config: MkDocsConfig) -> File:
    """Returns a file of which MkDocs makes this page, and nothing else."""
    file = File.generated(config, page.path, content="")
    DrawnPage(page, file, config)
    return file


def _version_of(config: MkDocsConfig, assets: Iterable[str]) -> str:
    """Returns eight hex digits that change with these files, for an address that browsers may cache."""
    digest = hashlib.sha256()
    for asset in assets:
        file = next((path for folder in config.theme.dirs if (path := Path(folder) / asset).is_file()), None)
        digest.update(file.read_bytes() if file else b"")
    return digest.hexdigest()[:8]


__all__ = ["TaphuanPlugin"]
