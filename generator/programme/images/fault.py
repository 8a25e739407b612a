"""What stands against a drawing or a photograph: which finding, where in the file, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class ImageFault:
    """`code` names the sentence in `messages.toml`; `phrase` is what to point at on the line."""

    code: str
    line: int = 1
    column: int = 1
    phrase: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
