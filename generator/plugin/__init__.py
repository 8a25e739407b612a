"""The door that MkDocs opens. Nothing outside this folder knows MkDocs."""

from .plugin import TaphuanPlugin

__all__ = ["TaphuanPlugin"]
