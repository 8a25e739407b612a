"""The record service: site, pages and API from one origin, over a programme and a store that it is given."""

from .app import create_app
from .http.settings import Settings

__all__ = ["Settings", "create_app"]
