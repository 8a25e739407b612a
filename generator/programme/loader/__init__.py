"""The only room that reads content from disk: YAML and Markdown in, a `Programme` and its findings out."""

from .programme_folder import LoadResult, load, load_kept

__all__ = ["LoadResult", "load", "load_kept"]
