"""A second course of the sample: it keeps nothing, and has its one lesson in common with the first."""

from __future__ import annotations

COURSE_FILE = "curricula/ban-be.yml"
COURSE = """id: ban-be
title: Nước sạch giữa bạn bè
summary: Một bài ngắn cho người cùng bản.
audience: can-bo-xa
keeps: nothing
modules:
  - {id: mot-phan, title: Một phần, lessons: [nuoc-sach/giu-nguon-nuoc]}
review: {status: draft}
"""
