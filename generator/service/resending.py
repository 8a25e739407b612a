"""What a form sent in vain, put into the page that says so, from which it can be sent again."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from . import areas
from .asking import MOST_FIELDS
from .faults import Fault
from .texts import plain_form

#: When to come back is known, and the same will do then.
LATER = frozenset({429, 503})
KIND = "application/x-www-form-urlencoded"
#: What stands in no page, and the forms of which nothing does.
SECRETS = frozenset({"password", "again", "current", "digits"})
SECRET_AT = frozenset({areas.SIGN_IN, areas.STAFF_SIGN_IN, areas.STAFF_PROVE, areas.STAFF_INVITED})

Fields = tuple[tuple[str, str], ...]


async def fields_sent(request: Request, fault: Fault) -> Fields:
    """Returns the fields of the form as they came, token and all; whoever sent no token of ours gets none.

    Nothing where there is no form, it holds a file or a secret, or it will not do later either.
    """
    if fault.status_code not in LATER or request.method != "POST" or not _is_form(request):
        return ()
    try:
        form = plain_form(await request.form(max_fields=MOST_FIELDS))
    except (HTTPException, ClientDisconnect):
        return ()
    fields = tuple((name, value) for name, value in form.multi_items() if isinstance(value, str))
    return () if _has_secret(request, {name for name, _ in fields}) else fields


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == KIND and not areas.is_api(request.scope["path"])


def _has_secret(request: Request, names: set[str]) -> bool:
    return request.scope["path"] in SECRET_AT or bool(names & SECRETS)
