"""The page of words: those that respect people, then those that a lesson uses and a reader may not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ...programme import urls
from ...programme.model.pointer import expand_pointers, pointers_in
from ...programme.model.registers import GlossaryEntry, citation_words, doubt_words
from ...programme.vietnamese import alphabetical, unaccented
from ..text.citations import law_address
from .context import SiteContext, SitePage, drawn_content

#: How letters that ASCII lacks are typed; d and đ have each an anchor of its own.
TYPED = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word with its meaning, and where that is from: links, or words where the source is told in words."""

    id: str
    entry: GlossaryEntry
    first: str
    meaning: Markup
    places: tuple[tuple[str, str, str], ...]
    source: Markup | None


def glossary_page(context: SiteContext) -> SitePage:
    page = urls.GLOSSARY
    entries = sorted(context.programme.terms.glossary.items(), key=lambda pair: alphabetical(pair[1].term))
    groups = [
        (
            letter.upper(),
            f"chu-{TYPED.get(letter, letter)}",
            [_word(context, id, entry) for id, entry in members],
        )
        for letter, members in groupby(entries, key=lambda pair: unaccented(pair[1].term)[0])
    ]
    content = drawn_content(
        "site/glossary.html.j2",
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
        content=content,
        meta={"kind": "glossary", "hide": ["navigation"]},
    )


def _word(context: SiteContext, id: str, entry: GlossaryEntry) -> Word:
    page, file = urls.GLOSSARY, context.programme.terms.source
    source = entry.source or ""
    has_words = bool(expand_pointers(source, lambda _: "").strip())
    return Word(
        id=id,
        entry=entry,
        first=first_sentence(context.prose.plain(expand_pointers(entry.definition, lambda _: ""))),
        meaning=context.inline(entry.definition, page, file),
        places=() if has_words else tuple(_places(context, source)),
        source=context.inline(source, page, file) if has_words else None,
    )


def _places(context: SiteContext, source: str) -> Iterator[tuple[str, str, str]]:
    """Yields each place that a source cites, in words, with its address and what is unsure about it."""
    register = context.programme.register
    for pointer in pointers_in(source):
        reference = register.documents[pointer.id]
        doubt = doubt_words(reference, pointer.locator)
        address = context.link(law_address(register, pointer), urls.GLOSSARY)
        yield citation_words(reference, pointer.locator), address, doubt


def first_sentence(text: str) -> str:
    return text.split(". ")[0].removesuffix(".").strip()
