"""The only room that reads content from disk: YAML and Markdown in, a Programme out.

The only rooms that read content from disk.
"""

from .programme_folder import LoadResult, load

__all__ = ["LoadResult", "load"]
