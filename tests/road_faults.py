"""What is wrong with the places on a road: what covers what, what is out of the picture, what is missing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from taphuan.render import course_road as geometry
from taphuan.render.course_road import Box, Road, road

END, NEXT = "Bài kiểm tra cuối khóa", "Bắt đầu"
#: Where the title of the page, its ring and its button stand.
WORDS = Box(left=0, top=0, right=geometry.WORDS_RIGHT, bottom=geometry.WORDS_BOTTOM)


def faults_of(modules: Sequence[tuple[str, int]]) -> list[str]:
    """Returns the faults of the road of modules, each with its title and how many lessons it has."""
    drawn = road(tuple(modules), END, NEXT)
    return [*_missing(drawn, modules), *_covered(drawn), *_outside(drawn), *_crowded(drawn)]


def _missing(drawn: Road, modules: Sequence[tuple[str, int]]) -> Iterator[str]:
    lessons = sum(count for _, count in modules)
    if [stone.number for stone in drawn.stones] != list(range(1, lessons + 1)):
        yield f"{len(drawn.stones)} stones for {lessons} lessons"
    if [" ".join(house.plate.lines) for house in drawn.houses] != [title for title, _ in modules]:
        yield "a house without its module"


def _boards(drawn: Road) -> list[Box]:
    return [*(house.plate.box for house in drawn.houses), drawn.end.box]


def _covered(drawn: Road) -> Iterator[str]:
    boards = [*_boards(drawn), *(house.box for house in drawn.houses)]
    if any(first.overlaps(second) for first, second in combinations(boards, 2)):
        yield "a plate or a house over another"
    for stone in drawn.stones:
        if any(stone.box.overlaps(board) for board in boards):
            yield f"stone {stone.number} under a plate or a house"
        stones = [other.box for other in drawn.stones if other is not stone]
        if any(stone.says.overlaps(box) for box in (*_boards(drawn), *stones)):
            yield f"the words at stone {stone.number} over something"


def _outside(drawn: Road) -> Iterator[str]:
    boxes = [*_boards(drawn), *(box for stone in drawn.stones for box in (stone.box, stone.says))]
    for box in boxes:
        if box.left < 0 or box.right > geometry.WIDTH:
            yield f"{box} beside the picture"
        if box.top < geometry.TOP or box.bottom > geometry.BOTTOM:
            yield f"{box} above or below the picture"
        if box.overlaps(WORDS):
            yield f"{box} under the words of the page"


def _crowded(drawn: Road) -> Iterator[str]:
    for before, after in pairwise(drawn.stones):
        if before.x >= after.x:
            yield f"stone {after.number} does not lead on"
        if math.dist((before.x, before.y), (after.x, after.y)) < 2 * geometry.RADIUS:
            yield f"stone {after.number} upon the one before"
