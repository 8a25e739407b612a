"""mkdocs.yml, read for a build; whatever MkDocs has against it is told in Vietnamese, with the line."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from ..errors import OperatorError, reason
from ..programme.loading.folders import Folder

CONFIG = "mkdocs.yml"
COMPARE = f"so lại với {CONFIG} mẫu đi kèm phần mềm"


class SiteFailed(OperatorError):
    """MkDocs could not build the site."""


def configuration(root: Path, folder: Path) -> MkDocsConfig:
    """Returns what mkdocs.yml says, for a site in `folder`. Raises SiteFailed."""
    file = root / CONFIG
    _require_readable(file, root)
    config = MkDocsConfig(config_file_path=str(file))
    try:
        with file.open("rb") as opened:
            config.load_file(opened)
    except ConfigurationError as error:
        raise _unread(error) from error
    config.load_dict({"site_dir": str(folder)})
    _require_known(config)
    _require_folders(config, root)
    failed, _ = config.validate()
    for name, _error in failed:
        raise _refused(name, config)
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


def _unread(error: ConfigurationError) -> SiteFailed:
    """The refusal of a file that is no YAML, with its line where the reader of YAML knows it."""
    mark = getattr(error.__cause__ or error.__context__, "problem_mark", None)
    where = f", gần dòng {mark.line + 1}" if mark else ""
    return SiteFailed(
        f"{CONFIG} viết chưa đúng YAML{where}",
        fix=f"{COMPARE}: thụt đầu dòng bằng dấu cách, đủ dấu đóng ngoặc, sau dấu hai chấm có dấu cách",
    )


def _require_known(config: MkDocsConfig) -> None:
    """Raises SiteFailed for a key that MkDocs would pass over in silence."""
    known = [key for key, _ in config._schema]
    for key in config:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
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
    """MkDocs copies what a link leads to. Raises SiteFailed, also where mkdocs.yml names other folders."""
    for path, _ in Folder(folder).others:
        raise SiteFailed(
            f"“{os.path.relpath(path, root)}” là liên kết tới nơi khác, hoặc không phải tệp thường",
            fix="xóa nó, chép tệp hoặc thư mục thật vào đó",
        )


def _refused(name: str, config: MkDocsConfig) -> SiteFailed:
    value = config.get(name)
    if value is None:
        return SiteFailed(f"{CONFIG} thiếu mục “{name}”", fix=COMPARE)
    return SiteFailed(f"mục “{name}” trong {CONFIG} chưa đúng", fix=COMPARE)
