"""YAML and Markdown in, a Programme out. The only rooms that read content from disk."""

from .programme import Loading, load

__all__ = ["Loading", "load"]
