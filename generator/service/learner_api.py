"""The learner's API: JSON in, JSON out. Answers of graded tests never leave; only responses come in.

FastAPI takes longer to resolve a route's dependencies than marking a test does, so an endpoint here gets its
path, its body and the request, and asks for the rest itself.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_type_hints
from uuid import UUID

from fastapi import APIRouter, Path
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError
from starlette.requests import Request
from starlette.responses import Response

from ..records.events.ledger import last_link
from . import dependencies
from .attempts import HandedIn, Standing
from .dependencies import (
    Address,
    Learner,
    Running,
    WriteLimit,
    limit_writes,
    open_form,
    rate_key,
    service,
    submit_attempt,
)
from .http import session_cookies, urls
from .http.errors import Fault, fault_texts
from .test_view import QuestionSheet, Result


class QuickRoute(APIRoute):
    """A route whose endpoint takes its path's parameters, the body as `sent` and the request; no others."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        hints = get_type_hints(self.endpoint, include_extras=True)
        body = TypeAdapter[Any](hints["sent"])
        path = {name: TypeAdapter[Any](hints[name]) for name in self.param_convertors}

        async def handle(request: Request) -> Response:
            given, values = await request.body(), dict[str, Any]()
            place: tuple[str, ...] = ("path",)
            try:
                for name, type in path.items():
                    place = ("path", name)
                    values[name] = type.validate_python(request.path_params[name])
                place = ("body",)
                values["sent"] = body.validate_json(given)
            except ValidationError as error:
                # Named by its place, as FastAPI does.
                details = error.errors(include_url=False, include_context=False)
                placed = [{**detail, "loc": (*place, *detail["loc"])} for detail in details]
                raise RequestValidationError(placed) from None
            response: Response = await self.endpoint(**values, request=request)
            return response

        return handle


class ErrorBody(BaseModel):
    """The reason why something was not done, and what to do."""

    code: str
    message: str
    fix: str


def error_responses(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Returns what OpenAPI says of the faults of a route."""
    every = ("cross-site", "not-json", "too-big", "too-slow", "not-understood", "bad-request")
    common = (*every, "too-many", "busy", "unforeseen")
    statuses = sorted({fault_texts()[code].status for code in (*codes, *common)})
    return {status: {"model": ErrorBody} for status in statuses}


routes = APIRouter(prefix=urls.API.rstrip("/"), tags=["học viên"])


# --- session ------------------------------------------------------------------------------------


class Sent(BaseModel):
    """A body in which nothing is coerced, and no unknown key is taken."""

    model_config = ConfigDict(extra="forbid", strict=True)


class CodeSent(Sent):
    code: Annotated[str, Field(min_length=1, max_length=40)]


@routes.post("/session", status_code=204, responses=error_responses("wrong-code", "locked"))
async def sign_in(sent: CodeSent, request: Request, service: Running, address: Address) -> Response:
    """Đăng nhập bằng mã học viên."""
    token = await dependencies.sign_in_learner(service, request, sent.code, address)
    response = Response(status_code=204)
    session_cookies.put_cookie(response, service.settings, token)
    return response


@routes.delete("/session", status_code=204, responses=error_responses(), dependencies=[WriteLimit])
async def sign_out(request: Request, service: Running) -> Response:
    """Đăng xuất."""
    response = Response(status_code=204)
    await dependencies.sign_out(service, request, response)
    return response


# --- courses ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class AttemptBody:
    attempt: str
    right: int
    asked: int
    passed: bool
    standing: Literal["counted", "pending", "voided"]
    done_on: date


@dataclass(frozen=True, kw_only=True)
class CourseBody:
    """A course; `allowed` and `left` count attempts of its test, 0 where it has none."""

    id: str
    title: str
    completed_on: date | None
    allowed: int
    left: int
    attempts: tuple[AttemptBody, ...]


@routes.get("/courses", responses=error_responses("signed-out"))
async def courses(learner: Learner, service: Running) -> tuple[CourseBody, ...]:
    """Các khóa được tính kết quả, và những bài đã nộp."""
    standings = await service.read(lambda within: service.attempts.standings(within, learner.id))
    return tuple(map(_course_body, standings))


def _course_body(standing: Standing) -> CourseBody:
    return CourseBody(
        id=standing.course.id,
        title=standing.course.title,
        completed_on=standing.completed_on,
        allowed=standing.allowed,
        left=standing.left,
        attempts=tuple(
            AttemptBody(
                attempt=attempt.event_id,
                right=attempt.right,
                asked=attempt.asked,
                passed=attempt.is_passed,
                standing=attempt.standing,
                done_on=attempt.done_on,
            )
            for attempt in standing.attempts
        ),
    )


# --- a test -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SheetBody:
    """The questions of a form in numbers, texts as HTML, and the id under which to hand in."""

    attempt: str
    sheet: QuestionSheet


CourseId = Annotated[str, Path(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


@routes.post(
    "/courses/{course}/form",
    responses=error_responses("signed-out", "no-such-course", "no-attempt-left", "test-being-renewed"),
    dependencies=[WriteLimit],
)
async def begin(course: CourseId, learner: Learner, service: Running) -> SheetBody:
    """Mở đề: đề đang làm dở, hoặc đề mới."""
    opened = await open_form(service, learner.id, course)
    return SheetBody(
        attempt=opened.attempt, sheet=service.question_sheets.make(opened.id, opened.form, opened.key)
    )


def _text_only(value: object) -> object:
    """Refuses a number, which pydantic would take for a moment."""
    if not isinstance(value, str):
        raise PydanticCustomError("moment", "a moment is written as text")
    return value


Number = Annotated[str, Field(pattern=r"^[0-9]{1,3}$")]
PartNumber = Annotated[str, Field(pattern=r"^[0-9]{1,3}(=[0-9]{1,3})?$")]
Moment = Annotated[AwareDatetime, BeforeValidator(_text_only), Field(strict=False)]


class AttemptSent(Sent):
    """An attempt; `responses` are numbers of parts by a question's number, `2=1` a left and a right side."""

    form: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
    responses: Annotated[
        Mapping[Number, Annotated[list[PartNumber], Field(max_length=200)]], Field(max_length=200)
    ]
    client_time: Moment | None = None


quick_routes = APIRouter(prefix=urls.API.rstrip("/"), tags=["học viên"], route_class=QuickRoute)
RESULT = TypeAdapter(Result)


@quick_routes.put(
    "/attempts/{attempt}",
    response_model=None,
    responses={
        200: {"model": Result, "description": "Bài này đã nộp từ trước; kết quả như cũ"},
        201: {"model": Result, "description": "Đã nhận, đã ghi chắc chắn"},
        **error_responses("signed-out", "other-attempt", "foreign-attempt", "form-not-open"),
        **error_responses("no-attempt-left", "no-such-course"),
    },
)
async def hand_in(attempt: UUID, sent: AttemptSent, request: Request) -> Response:
    """Nộp bài. Gửi lại cùng một bài bao nhiêu lần cũng được."""
    running_service = await service(request)
    await limit_writes(running_service, await rate_key(request, running_service))
    handed = HandedIn(
        token=session_cookies.cookie_of(request, running_service.settings).token,
        attempt=str(attempt),
        form=sent.form,
        wire=sent.responses,
        client_time=sent.client_time,
    )
    if not handed.token:
        raise Fault("signed-out")
    result, is_new = await submit_attempt(running_service, handed)
    status = 201 if is_new else 200
    return Response(RESULT.dump_json(result), status, media_type="application/json")


@routes.get("/attempts/{attempt}", responses=error_responses("signed-out", "no-such-attempt"))
async def result(attempt: UUID, learner: Learner, service: Running) -> Result:
    """Kết quả một bài đã nộp."""
    return await service.read(lambda within: service.attempts.result(within, learner.id, str(attempt)))


# --- health -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Health:
    status: Literal["ok"] = "ok"


@routes.get("/health", tags=["vận hành"])
async def health(service: Running) -> Health:
    """Dịch vụ và sổ theo dõi còn trả lời."""
    await service.read(last_link)
    return Health()
