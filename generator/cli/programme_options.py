"""The options that say which programme a verb is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def root_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        metavar="THƯ_MỤC",
        show_default="nơi đang đứng",
        help="Thư mục gốc của chương trình.",
    )(command)


def banks_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--banks",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        envvar="TAPHUAN_BANKS",
        metavar="THƯ_MỤC",
        show_default="không có",
        help="Thư mục ngân hàng câu hỏi để riêng, ngoài content/questions.",
    )(command)


def programme_options(command: Callable[..., Any]) -> Callable[..., Any]:
    return root_option(banks_option(command))
