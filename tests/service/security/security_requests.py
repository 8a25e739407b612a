"""Requests of outsiders, for tests of what keeps them out."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

HOTSPOT = "http://192.168.43.1:8080"


Make = Callable[..., FastAPI]
