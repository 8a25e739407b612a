"""A route for what a whole class does in the same minute; documented as FastAPI's other routes are.

To solve the dependencies of a route takes FastAPI longer than marking a test does. An endpoint here gets
its path, its body and the request; what else it needs it asks for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, get_type_hints

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response


class Swift(APIRoute):
    """A route whose endpoint takes its path's parameters, the body as `sent` and the request; no others."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        hints = get_type_hints(self.endpoint, include_extras=True)
        body = TypeAdapter[Any](hints["sent"])
        path = {name: TypeAdapter[Any](hints[name]) for name in self.param_convertors}

        async def handle(request: Request) -> Response:
            sent = await request.body()
            with_path = {
                name: _read(type.validate_python, request.path_params[name], "path", name)
                for name, type in path.items()
            }
            response: Response = await self.endpoint(
                **with_path, sent=_read(body.validate_json, sent, "body"), request=request
            )
            return response

        return handle


def _read(read: Callable[[Any], Any], value: Any, *place: str) -> Any:
    """Raises RequestValidationError, which says where it is wrong as FastAPI does."""
    try:
        return read(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
        raise RequestValidationError([{**one, "loc": (*place, *one["loc"])} for one in found]) from None
