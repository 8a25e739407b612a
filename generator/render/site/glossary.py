"""The page of words: those that respect people, then those that a lesson uses and a reader may not know."""

from __future__ import annotations

from itertools import groupby

from ...programme import urls
from ...programme.vietnamese import alphabetical, unaccented
from ..templates import render
from .context import SiteContext, SitePage

#: How letters that ASCII lacks are typed; d and đ have each an anchor of its own.
TYPED = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}


def glossary_page(context: SiteContext) -> SitePage:
    page = urls.GLOSSARY
    entries = sorted(context.programme.terms.glossary.items(), key=lambda pair: alphabetical(pair[1].term))
    groups = [
        (letter.upper(), f"chu-{TYPED.get(letter, letter)}", list(members))
        for letter, members in groupby(entries, key=lambda pair: unaccented(pair[1].term)[0])
    ]
    body = render(
        "site/glossary.md.j2",
        context=context,
        page=page,
        groups=groups,
        total=len(entries),
        preferred=context.programme.terms.preferred.values(),
    )
    return SitePage(
        address=page,
        title="Thuật ngữ",
        description="Các từ ngữ dùng trong tài liệu, được giải thích bằng lời dễ hiểu.",
        body=body,
        meta={"kind": "glossary", "hide": ["navigation"]},
    )
