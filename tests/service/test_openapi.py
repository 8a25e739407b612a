"""The API against its OpenAPI document: whatever is sent, no error of ours, no answer it does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
import schemathesis
from fixtures_service import TwoLearners, listening
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import create_app

pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
OURS = {"Sec-Fetch-Site": "same-origin"}
#: Operations that take something from whoever asks, so that it can be misshapen.
WITH_INPUT = (
    ("POST", "/api/session"),
    ("POST", "/api/courses/{course}/form"),
    ("PUT", "/api/attempts/{attempt}"),
    ("GET", "/api/attempts/{attempt}"),
)
OPERATIONS = (*WITH_INPUT, ("DELETE", "/api/session"), ("GET", "/api/courses"), ("GET", "/api/health"))
BOUNDED = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def address(programme: Programme, store: Store, hashing: Hashing, two_learners: TwoLearners) -> Iterator[str]:
    with listening(lambda chosen: create_app(programme, store, settings=chosen, hashing=hashing)) as address:
        yield address


@pytest.fixture
def api(address: str) -> Any:
    return schemathesis.openapi.from_url(f"{address}/api/openapi.json")


@pytest.fixture
def client(address: str, two_learners: TwoLearners) -> Iterator[httpx.Client]:
    """A learner who is signed in."""
    with httpx.Client(base_url=address, headers=OURS) as client:
        assert client.post("/api/session", json={"code": two_learners.code}).status_code == 204
        yield client


@pytest.fixture
def signed_in(client: httpx.Client) -> dict[str, str]:
    return {**OURS, "Cookie": f"sid={client.cookies['sid']}"}


@pytest.fixture
def form(client: httpx.Client) -> str:
    return str(client.post("/api/courses/nuoc-sach/form").json()["sheet"]["form"])


def ask(api: Any, operation: tuple[str, str], headers: dict[str, str], examples: int) -> None:
    """Sends what fits the document and what almost fits it."""
    method, path = operation
    cases = api[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE)
    misfits = api[path][method].as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(parent=BOUNDED, max_examples=examples)
    @given(case=cases | misfits if (method, path) in WITH_INPUT else cases)
    def answer_is_right(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    answer_is_right()


def test_every_operation_is_asked(api: Any) -> None:
    document = api.raw_schema["paths"]
    assert {(method.upper(), path) for path, known in document.items() for method in known} == {*OPERATIONS}


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_no_request_of_a_learner_breaks_it(
    api: Any, operation: tuple[str, str], signed_in: dict[str, str]
) -> None:
    ask(api, operation, signed_in, 30)


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_nor_does_one_of_a_stranger(api: Any, operation: tuple[str, str]) -> None:
    ask(api, operation, OURS, 8)


NUMBERS = st.one_of(st.integers(0, 12).map(str), st.from_regex(r"[0-9]{1,3}(=[0-9]{1,3})?", fullmatch=True))
WIRES = st.dictionaries(st.integers(0, 8).map(str), st.lists(NUMBERS, max_size=5), max_size=7)


@settings(parent=BOUNDED, max_examples=60)
@given(wire=WIRES)
def test_whatever_numbers_answer_a_real_form_it_is_marked_or_told(
    client: httpx.Client, form: str, wire: dict[str, list[str]]
) -> None:
    """An attempt's own id each time, so that one attempt is taken and the others are told of it."""
    sent = {"form": form, "responses": wire}
    answer = client.put(f"/api/attempts/{uuid4()}", json=sent)
    assert answer.status_code in {201, 409, 422}
    assert answer.json().keys() >= ({"right", "asked"} if answer.status_code == 201 else {"message", "fix"})
