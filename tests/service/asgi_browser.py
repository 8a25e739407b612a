"""A browser without scripts, and what it takes to fill in a test."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal

from taphuan.quiz import Answer, Form, FormQuestion, Key
from taphuan.records import Store
from taphuan.records.training import course_versions

ORIGIN = "https://tap-huan.test"
TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')
FORM = re.compile(r'name="form" value="([0-9a-f]{24})"')
ATTEMPT = re.compile(r'data-attempt="([0-9a-f-]{36})"')
TEST = "/hoc-vien/kiem-tra/nuoc-sach/"


class Browser:
    """Keeps cookies, says where it comes from, and sends forms with their token."""

    def __init__(self, client: httpx.AsyncClient, portal: BlockingPortal) -> None:
        self.client, self._portal = client, portal
        self.seen: list[httpx.Response] = []

    def ask(self, method: str, path: str, **asked: Any) -> httpx.Response:
        answer: httpx.Response = self._portal.call(partial(self.client.request, method, path, **asked))
        self.seen.append(answer)
        return answer

    def get(self, path: str, **asked: Any) -> httpx.Response:
        return self.ask("GET", path, **asked)

    def post(self, path: str, **asked: Any) -> httpx.Response:
        return self.ask("POST", path, **asked)

    def put(self, path: str, **asked: Any) -> httpx.Response:
        return self.ask("PUT", path, **asked)

    # --- forms ------------------------------------------------------------------------------

    def token(self, path: str) -> str:
        found = TOKEN.search(self.get(path).text)
        assert found, path
        return found[1]

    def send(self, path: str, page: str | None = None, **fields: Any) -> httpx.Response:
        """Posts a form with the token of the page it stands on."""
        return self.post(path, data={"token": self.token(page or path), **fields})

    def sign_in(self, code: str) -> httpx.Response:
        self.client.cookies.clear()
        return self.send("/hoc-vien/dang-nhap/", code=code)

    def begin(self) -> tuple[str, str]:
        """Begins the test: the ids of the attempt and of the form."""
        begun = self.send(TEST)
        assert begun.status_code == 303, begun.text
        page = self.get(begun.headers["location"]).text
        return ATTEMPT.search(page)[1], FORM.search(page)[1]  # type: ignore[index]

    def hand_in(self, attempt: str, form: str, responses: Mapping[str, Any], **more: Any) -> httpx.Response:
        return self.put(f"/api/attempts/{attempt}", json={"form": form, "responses": responses, **more})


@contextmanager
def serve(app: Any, portal: BlockingPortal, origin: str = ORIGIN, **client: Any) -> Iterator[Browser]:
    """A browser on an application that has started, and ends with it."""
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": origin}
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True, **client)
    started = portal.wrap_async_context_manager(app.router.lifespan_context(app))
    http_client = httpx.AsyncClient(transport=transport, base_url=origin, headers=headers)
    with started, portal.wrap_async_context_manager(http_client) as opened:
        yield Browser(opened, portal)


async def body_chunks(size: int, count: int) -> AsyncIterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(count):
        yield b"x" * size


# --- right answers, as only the server's side of a test may know them -----------------------------


def right_responses(form: Form, key: Key) -> dict[str, list[str]]:
    """The right responses to a form in the numbers of its sheet."""
    return {str(nth): _numbers(asked, key[asked.id]) for nth, asked in enumerate(form.asked, 1)}


def _numbers(asked: FormQuestion, answer: Answer) -> list[str]:
    place = {id: str(nth) for nth, id in enumerate(asked.parts, 1)}
    if answer.kind == "fill-in":
        lists = [
            [part for part in asked.parts if part.split("=")[0] == id.split("=")[0]] for id in answer.right
        ]
        return [f"{n}={lists[n - 1].index(id) + 1}" for n, id in enumerate(answer.right, 1)]
    if answer.kind != "matching":
        return [place[id] for id in answer.right]
    pairs = [pair.split("=") for pair in answer.right]
    return [f"{nth}={place[right]}" for nth, (_, right) in enumerate(pairs, 1)]


def right_fields(form: Form, key: Key) -> dict[str, list[str]]:
    """The same as fields of the page."""
    found: dict[str, list[str]] = {}
    for number, chosen in right_responses(form, key).items():
        kind = key[form.asked[int(number) - 1].id].kind
        if kind in {"matching", "fill-in"}:
            found |= {f"q{number}-{left}": [right] for left, right in (one.split("=") for one in chosen)}
        elif kind == "ordering":
            found |= {f"q{number}-{part}": [str(nth)] for nth, part in enumerate(chosen, 1)}
        else:
            found[f"q{number}"] = chosen
    return found


def stored_form(store: Store, form: str) -> tuple[Form, Key]:
    with store.read() as connection:
        return course_versions.form_and_key(connection, form)
