"""Every kind of document: a module here that has a `KIND` is one, and nothing else lists them."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from .. import urls
from ..model.programme import Programme
from ..model.values import NamedDocument, Review
from .base import DocumentKind

_MODULES = (import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
#: Every kind, in the order in which they are listed.
KINDS: tuple[DocumentKind[Any], ...] = tuple(
    sorted((module.KIND for module in _MODULES if hasattr(module, "KIND")), key=lambda kind: kind.position)
)
BY_MODEL = {kind.model: kind for kind in KINDS}


#: The addresses of pages that list something, those of kinds of documents among them.
INDEXES = tuple(dict.fromkeys((*urls.INDEXES, *(kind.index for kind in KINDS if kind.index))))


def kind_of(document: NamedDocument) -> DocumentKind[Any]:
    return BY_MODEL[type(document)]


def review_of(programme: Programme, document: NamedDocument) -> Review:
    """Returns the review that a document goes by: its own, or that of what it is approved with."""
    return kind_of(document).review(programme, document)


def title_of(document: NamedDocument) -> str:
    return getattr(document, "title", None) or document.id


__all__ = ["BY_MODEL", "INDEXES", "KINDS", "DocumentKind", "kind_of", "review_of", "title_of"]
