"""MkDocs run from within: mkdocs.yml read and checked, then one build of the site into a folder."""

from __future__ import annotations

import difflib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, MkDocsException

from ..errors import OperatorError, reason, wording
from ..programme.loader.files import Folder
from ..programme.model.programme import Programme
from ..render.printable import Download
from ..render.site import PageCache
from . import TaphuanPlugin

CONFIG = "mkdocs.yml"


class SiteFailed(OperatorError):
    """Raised where MkDocs could not build the site."""


def read_configuration(root: Path, folder: Path) -> MkDocsConfig:
    """Returns what mkdocs.yml says, for a site in `folder`. Raises SiteFailed."""
    file = root / CONFIG
    _require_readable(file, root)
    config = MkDocsConfig(config_file_path=str(file))
    try:
        with file.open("rb") as opened:
            config.load_file(opened)
    except ConfigurationError as error:
        raise _unreadable(error) from error
    config.load_dict({"site_dir": str(folder)})
    _require_known(config)
    _require_folders(config, root)
    failed, _ = config.validate()
    for name, _error in failed:
        raise _refused_setting(name, config)
    return config


def _require_readable(file: Path, root: Path) -> None:
    if not file.is_file():
        raise SiteFailed.of("mkdocs.none", root=root)
    try:
        file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SiteFailed.of("mkdocs.encoding") from None
    except OSError as fault:
        raise SiteFailed.of("mkdocs.closed", reason=reason(fault)) from None


def _unreadable(error: ConfigurationError) -> SiteFailed:
    """Returns the error of a file that is no YAML, with its line where the YAML reader knows it."""
    mark = getattr(error.__cause__ or error.__context__, "problem_mark", None)
    line = wording("mkdocs.line", line=mark.line + 1)[0] if mark else ""
    return SiteFailed.of("mkdocs.yaml", place=line)


def _require_known(config: MkDocsConfig) -> None:
    """Raises SiteFailed for a key that MkDocs would ignore silently."""
    known_keys = [key for key, _ in config._schema]
    for key in config:
        if key not in known_keys:
            near = difflib.get_close_matches(str(key), known_keys, n=1)
            raise SiteFailed.of("mkdocs.near" if near else "mkdocs.unknown", key=key, near="".join(near))


def _require_folders(config: MkDocsConfig, root: Path) -> None:
    theme, pages = config.get("theme"), config.get("docs_dir")
    overrides = theme.get("custom_dir") if isinstance(theme, dict) else None
    if isinstance(overrides, str) and not os.path.isdir(root / overrides):
        raise SiteFailed.of("mkdocs.overrides", folder=overrides, root=root)
    if isinstance(pages, str) and not os.path.isdir(root / pages):
        raise SiteFailed.of("mkdocs.pages", folder=pages, root=root)
    for folder in (overrides, pages):
        if isinstance(folder, str):
            _require_no_links(root / folder, root)


def _require_no_links(folder: Path, root: Path) -> None:
    """Raises SiteFailed for links in a folder, whose targets MkDocs would copy."""
    for path, _ in Folder(folder).others:
        raise SiteFailed.of("mkdocs.link", path=os.path.relpath(path, root))


def _refused_setting(name: str, config: MkDocsConfig) -> SiteFailed:
    return SiteFailed.of("mkdocs.missing" if config.get(name) is None else "mkdocs.refused", name=name)


class MkDocsSite:
    """The site that `mkdocs.yml` describes, to be built into `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        self.config = _build_config(root, folder)
        self.plugin = _plugin_of(self.config)

    @property
    def address(self) -> str:
        """The address at which the site is published, "" while none is set."""
        return self.config.site_url or ""

    def build(
        self,
        programme: Programme,
        downloads: tuple[Download, ...] = (),
        *,
        page_done: Callable[[], None] = lambda: None,
        cache: PageCache | None = None,
    ) -> int:
        """Writes the whole site and returns how many pages it has. Raises SiteFailed."""
        self.plugin.use(programme, downloads, page_done=page_done, cache=cache)
        with _quiet_logging():
            try:
                build(self.config)
            except MkDocsException as error:
                raise _build_failed(error) from error
            except TemplateError as error:
                raise _bad_template(error) from error
        return len(self.plugin.pages)


def _build_config(root: Path, folder: Path) -> MkDocsConfig:
    # Material prints a notice about its own future at every start; ours stands in docs/decisions.md.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _quiet_logging():
        return read_configuration(root, folder)


def _build_failed(error: MkDocsException) -> SiteFailed:
    cause = error.__cause__ or error.__context__ or error
    return SiteFailed.of("mkdocs.failed", cause=cause)


def _bad_template(error: TemplateError) -> SiteFailed:
    if isinstance(error, TemplateNotFound):
        return SiteFailed.of("template.none", name=error.name)
    if isinstance(error, TemplateSyntaxError):
        return SiteFailed.of("template.line", file=error.filename, line=error.lineno)
    return SiteFailed.of("template.wrong")


def _plugin_of(config: MkDocsConfig) -> TaphuanPlugin:
    plugin = config.plugins.get("taphuan")
    if not isinstance(plugin, TaphuanPlugin):
        raise OperatorError.of("mkdocs.plugin")
    return plugin


@contextmanager
def _quiet_logging() -> Iterator[None]:
    """Silences MkDocs, which logs each step in English; its errors are shown where they are caught."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
