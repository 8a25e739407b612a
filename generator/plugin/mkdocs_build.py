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

from ..errors import OperatorError, reason
from ..programme.loader.files import Folder
from ..programme.model.programme import Programme
from ..render.printable import Download
from ..render.site import PageCache
from . import TaphuanPlugin

CONFIG = "mkdocs.yml"
COMPARE = f"so lại với {CONFIG} mẫu đi kèm phần mềm"


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
        raise SiteFailed(
            f"không có tệp {CONFIG} trong “{root}”", fix=f"chép {CONFIG} mẫu vào thư mục gốc của chương trình"
        )
    try:
        file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SiteFailed(f"{CONFIG} không phải là UTF-8", fix="lưu lại tệp ấy bằng mã UTF-8") from None
    except OSError as fault:
        raise SiteFailed(f"không đọc được {CONFIG}: {reason(fault)}", fix="xem quyền của tệp ấy") from None


def _unreadable(error: ConfigurationError) -> SiteFailed:
    """Returns the error of a file that is no YAML, with its line where the YAML reader knows it."""
    mark = getattr(error.__cause__ or error.__context__, "problem_mark", None)
    where = f", gần dòng {mark.line + 1}" if mark else ""
    return SiteFailed(
        f"{CONFIG} viết chưa đúng YAML{where}",
        fix=f"{COMPARE}: thụt đầu dòng bằng dấu cách, đủ dấu đóng ngoặc, sau dấu hai chấm có dấu cách",
    )


def _require_known(config: MkDocsConfig) -> None:
    """Raises SiteFailed for a key that MkDocs would ignore silently."""
    known_keys = [key for key, _ in config._schema]
    for key in config:
        if key not in known_keys:
            near = difflib.get_close_matches(str(key), known_keys, n=1)
            fix = f"có phải bạn muốn viết “{near[0]}”?" if near else f"bỏ mục ấy, hoặc {COMPARE}"
            raise SiteFailed(f"{CONFIG} có mục “{key}” mà phần mềm không biết", fix=fix)


def _require_folders(config: MkDocsConfig, root: Path) -> None:
    theme, pages = config.get("theme"), config.get("docs_dir")
    overrides = theme.get("custom_dir") if isinstance(theme, dict) else None
    if isinstance(overrides, str) and not os.path.isdir(root / overrides):
        raise SiteFailed(
            f"không có thư mục “{overrides}” trong “{root}”, nơi để giao diện của trang",
            fix=f"chép thư mục overrides đi kèm phần mềm vào đó (mục theme: custom_dir trong {CONFIG})",
        )
    if isinstance(pages, str) and not os.path.isdir(root / pages):
        raise SiteFailed(
            f"không có thư mục “{pages}” trong “{root}”, nơi để trang viết tay",
            fix=f"tạo thư mục ấy, để trống cũng được (mục docs_dir trong {CONFIG})",
        )
    for folder in (overrides, pages):
        if isinstance(folder, str):
            _require_no_links(root / folder, root)


def _require_no_links(folder: Path, root: Path) -> None:
    """Raises SiteFailed for links in a folder, whose targets MkDocs would copy."""
    for path, _ in Folder(folder).others:
        raise SiteFailed(
            f"“{os.path.relpath(path, root)}” là liên kết tới nơi khác, hoặc không phải tệp thường",
            fix="xóa nó, chép tệp hoặc thư mục thật vào đó",
        )


def _refused_setting(name: str, config: MkDocsConfig) -> SiteFailed:
    value = config.get(name)
    if value is None:
        return SiteFailed(f"{CONFIG} thiếu mục “{name}”", fix=COMPARE)
    return SiteFailed(f"mục “{name}” trong {CONFIG} chưa đúng", fix=COMPARE)


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
    return SiteFailed(
        f"không dựng được trang; MkDocs báo: {error.__cause__ or error.__context__ or error}",
        fix=f"xem lại {CONFIG} và thư mục overrides",
    )


def _bad_template(error: TemplateError) -> SiteFailed:
    fix = "chép lại thư mục overrides đi kèm phần mềm"
    if isinstance(error, TemplateNotFound):
        return SiteFailed(f"thiếu mẫu trang “{error.name}”", fix=fix)
    where = f" “{error.filename}”, dòng {error.lineno}," if isinstance(error, TemplateSyntaxError) else ""
    return SiteFailed(f"mẫu trang{where} viết chưa đúng", fix=fix)


def _plugin_of(config: MkDocsConfig) -> TaphuanPlugin:
    plugin = config.plugins.get("taphuan")
    if not isinstance(plugin, TaphuanPlugin):
        raise OperatorError(f"{CONFIG} chưa bật phần “taphuan”", fix="thêm “- taphuan” dưới plugins:")
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
