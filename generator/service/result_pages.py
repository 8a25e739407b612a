"""The page of a result: how near it is, what to read again, and when the next attempt is possible."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ..programme.vietnamese import written_moment
from ..records.people import Person
from ..records.training.progress import Attempt
from .attempts import Standing
from .certificates import is_synthetic
from .dependencies import Learner, Running, Service
from .http import urls
from .test_view import GuidedObjective, Result

routes = APIRouter(prefix=urls.LEARNERS.rstrip("/"), include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class ResultStory:
    """All that the page of a result shows; `standing` is missing where its course is no longer recorded."""

    result: Result
    objectives: tuple[GuidedObjective, ...]
    standing: Standing | None
    synthetic: bool

    @property
    def needed(self) -> int:
        """How many questions have to be right to pass."""
        return -(-self.result.asked * self.result.pass_share // 100)

    @property
    def weak(self) -> list[GuidedObjective]:
        """The objectives of which something was not right, weakest first."""
        return [objective for objective in self.objectives if objective.right < objective.asked]

    @property
    def whole(self) -> list[GuidedObjective]:
        return [objective for objective in self.objectives if objective.right == objective.asked]

    @property
    def is_voided(self) -> bool:
        made = self.standing.attempts if self.standing else ()
        return any(
            attempt.event_id == self.result.attempt and attempt.standing == "voided" for attempt in made
        )

    @property
    def left(self) -> int:
        return self.standing.left if self.standing and self.standing.test else 0

    @property
    def tries(self) -> list[Attempt | None]:
        """The attempts that count, then None for each that is left."""
        made = self.standing.attempts if self.standing else ()
        return [*(attempt for attempt in made if attempt.standing != "voided"), *[None] * self.left]


@routes.get("/ket-qua/{attempt}/")
async def result_page(request: Request, service: Running, learner: Learner, attempt: UUID) -> HTMLResponse:
    story = await service.read(lambda within: _story(within, service, learner, str(attempt)))
    result = story.result
    return service.pages.page(
        request,
        "result",
        story=story,
        result=result,
        course_title=service.results.title(result.course),
        completed_on=story.standing.completed_on if story.standing else None,
        received=written_moment(result.received_at),
    )


def _story(connection: Connection, service: Service, learner: Person, attempt: str) -> ResultStory:
    """Returns the story of one of the learner's own attempts. Raises Fault."""
    result = service.attempts.result(connection, learner.id, attempt)
    standings = service.attempts.standings(connection, learner.id)
    return ResultStory(
        result=result,
        objectives=service.results.guide(connection, attempt),
        standing=next((standing for standing in standings if standing.course.id == result.course), None),
        synthetic=is_synthetic(connection, (learner,)),
    )
