"""The learner's API: JSON in, JSON out. Answers of graded tests never leave; only responses come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Response
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter
from pydantic_core import PydanticCustomError
from starlette.requests import Request

from . import areas, signing, viewers
from .asking import From, Learner, Paced, address, counted_for, not_too_often
from .attempts import Standing
from .faults import Fault, wordings
from .handing_in import HandedIn
from .results import Result
from .service import Of, service
from .sheet import QuestionSheet
from .swift import Swift
from .taking import open_form, submit


class ErrorBody(BaseModel):
    """Why something was not done, and what to do."""

    code: str
    message: str
    fix: str


def faults(*codes: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of the faults of a route."""
    every = ("cross-site", "not-json", "too-big", "too-slow", "not-understood", "bad-request")
    common = (*every, "too-many", "busy", "unforeseen")
    statuses = sorted({wordings()[code].status for code in (*codes, *common)})
    return {status: {"model": ErrorBody} for status in statuses}


routes = APIRouter(prefix=areas.API.rstrip("/"), tags=["học viên"])


# --- session ------------------------------------------------------------------------------------


class Sent(BaseModel):
    """Nothing is coerced, and no unknown key is taken."""

    model_config = ConfigDict(extra="forbid", strict=True)


class CodeSent(Sent):
    code: Annotated[str, Field(min_length=1, max_length=40)]


@routes.post("/session", status_code=204, responses=faults("wrong-code", "locked"))
async def sign_in(sent: CodeSent, request: Request, service: Of, address: From) -> Response:
    """Đăng nhập bằng mã học viên."""
    token = await signing.sign_in(service, request, sent.code, address)
    response = Response(status_code=204)
    viewers.put(response, service.settings, token)
    return response


@routes.delete("/session", status_code=204, responses=faults(), dependencies=[Paced])
async def sign_out(request: Request, service: Of) -> Response:
    """Đăng xuất."""
    response = Response(status_code=204)
    await signing.sign_out(service, request, response)
    return response


# --- courses ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class AttemptTold:
    attempt: str
    right: int
    asked: int
    passed: bool
    standing: Literal["counted", "pending", "voided"]
    done_on: date


@dataclass(frozen=True, kw_only=True)
class CourseTold:
    """`allowed` and `left` count attempts of its test; 0 where it has none."""

    id: str
    title: str
    completed_on: date | None
    allowed: int
    left: int
    attempts: tuple[AttemptTold, ...]


@routes.get("/courses", responses=faults("signed-out"))
async def courses(learner: Learner, service: Of) -> tuple[CourseTold, ...]:
    """Các khóa được tính kết quả, và những bài đã nộp."""
    standings = await service.read(lambda within: service.attempts.standings(within, learner.id))
    return tuple(map(_told, standings))


def _told(standing: Standing) -> CourseTold:
    return CourseTold(
        id=standing.course.id,
        title=standing.course.title,
        completed_on=standing.completed_on,
        allowed=standing.allowed,
        left=standing.left,
        attempts=tuple(
            AttemptTold(
                attempt=one.event_id,
                right=one.right,
                asked=one.asked,
                passed=one.is_passed,
                standing=one.standing,
                done_on=one.done_on,
            )
            for one in standing.attempts
        ),
    )


# --- a test -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SheetTold:
    """The questions of a form in numbers, texts as HTML, and the id under which to hand in."""

    attempt: str
    sheet: QuestionSheet


CourseId = Annotated[str, Path(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


@routes.post(
    "/courses/{course}/form",
    responses=faults("signed-out", "no-such-course", "no-attempt-left", "test-being-renewed"),
    dependencies=[Paced],
)
async def begin(course: CourseId, learner: Learner, service: Of) -> SheetTold:
    """Mở đề: đề đang làm dở, hoặc đề mới."""
    opened = await open_form(service, learner.id, course)
    return SheetTold(attempt=opened.attempt, sheet=service.sheets.sheet(opened.id, opened.form, opened.key))


def _text_only(value: object) -> object:
    """Pydantic would take a number for a moment."""
    if not isinstance(value, str):
        raise PydanticCustomError("moment", "a moment is written as text")
    return value


Number = Annotated[str, Field(pattern=r"^[0-9]{1,3}$")]
PartNumber = Annotated[str, Field(pattern=r"^[0-9]{1,3}(=[0-9]{1,3})?$")]
Moment = Annotated[AwareDatetime, BeforeValidator(_text_only), Field(strict=False)]


class AttemptSent(Sent):
    """`responses`: numbers of parts by the number of a question; `2=1` pairs a left side with a right one."""

    form: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
    responses: Annotated[
        Mapping[Number, Annotated[list[PartNumber], Field(max_length=200)]], Field(max_length=200)
    ]
    client_time: Moment | None = None


swift = APIRouter(prefix=areas.API.rstrip("/"), tags=["học viên"], route_class=Swift)
RESULT = TypeAdapter(Result)


@swift.put(
    "/attempts/{attempt}",
    response_model=None,
    responses={
        200: {"model": Result, "description": "Bài này đã nộp từ trước; kết quả như cũ"},
        201: {"model": Result, "description": "Đã nhận, đã ghi chắc chắn"},
        **faults("signed-out", "other-attempt", "foreign-attempt", "form-not-open"),
        **faults("no-attempt-left", "no-such-course"),
    },
)
async def hand_in(attempt: UUID, sent: AttemptSent, request: Request) -> Response:
    """Nộp bài. Gửi lại cùng một bài bao nhiêu lần cũng được."""
    at_hand = await service(request)
    await not_too_often(at_hand, await counted_for(request, at_hand, await address(request)))
    handed = HandedIn(
        token=viewers.token_of(request, at_hand.settings),
        attempt=str(attempt),
        form=sent.form,
        wire=sent.responses,
        now=at_hand.now(),
        client_time=sent.client_time,
    )
    if not handed.token:
        raise Fault("signed-out")
    result, is_new = await submit(at_hand, handed)
    status = 201 if is_new else 200
    return Response(RESULT.dump_json(result), status, media_type="application/json")


@routes.get("/attempts/{attempt}", responses=faults("signed-out", "no-such-attempt"))
async def result(attempt: UUID, learner: Learner, service: Of) -> Result:
    """Kết quả một bài đã nộp."""
    return await service.read(lambda within: service.attempts.result(within, learner.id, str(attempt)))


# --- health -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Health:
    status: Literal["ok"] = "ok"


@routes.get("/health", tags=["vận hành"])
async def health(service: Of) -> Health:
    """Dịch vụ và sổ theo dõi còn trả lời."""
    await service.read(lambda within: within.exec_driver_sql("SELECT 1").scalar())
    return Health()
