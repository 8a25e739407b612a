"""The province's programme, loaded once, in pieces: paragraphs, rows, questions, terms, entries of law."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from programmes import REPOSITORY

from taphuan.programme.checks.passages import Passage, all_passages
from taphuan.programme.loader import LoadResult, load
from taphuan.programme.model.pointer import Pointer, expand_pointers, pointers_in
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import Choice, TrueFalse
from taphuan.programme.vietnamese import sentences
from taphuan.render.paper.context import PaperContext
from taphuan.render.paper.lesson import lessons_on_paper
from taphuan.render.printable import Edition
from taphuan.render.text.prose import Prose

#: What somebody says in a story, or a word that is talked about, is not said by the programme.
QUOTED = re.compile(r"“[^”]*”")
TEMPLATES = REPOSITORY / "generator/templates"
#: What a template does, and the marks of a page.
COMMANDS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>", re.DOTALL)
LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]")
ROW_OR_ITEM = re.compile(rf"[ \t]*\||{LIST_ITEM.pattern}")
LESSONS, QUESTIONS, TERMS, REGISTER, TEMPLATE = "Lesson", "Bank", "Terms", "Register", "Template"


@dataclass(frozen=True, kw_only=True)
class ProgrammeText:
    """A paragraph, a row of a table, a question, a term or an entry of the register.

    `words` is what is read of it, in small letters; what a question offers as wrong is left out.
    """

    file: str
    kind: str
    words: str
    cited: frozenset[str]
    key: str = ""

    def says(self, *patterns: str) -> bool:
        return all(re.search(pattern, self.words, re.DOTALL) for pattern in patterns)

    def cites(self, *places: str) -> bool:
        """Whether each place is cited, itself or a part of it."""
        return all(
            any(law == place or law.startswith((f"{place}.", f"{place}:")) for law in self.cited)
            for place in places
        )


@cache
def loading() -> LoadResult:
    return load(REPOSITORY)


def programme() -> Programme:
    loaded = loading().programme
    assert loaded
    return loaded


def is_for_who_reads_little(lesson: str) -> bool:
    """Whether a lesson is of a course that has short ones on purpose; they are read aloud in a group."""
    return lesson.split("/")[0] == "dong-dang-vien"


def read(text: str) -> str:
    """Returns a text as it is read, in small letters, the law that it cites left out."""

    def words(pointer: Pointer) -> str:
        if pointer.kind != "term":
            return ""
        return pointer.words or programme().terms.glossary[pointer.id].term

    plain = unicodedata.normalize("NFC", expand_pointers(text, words)).lower()
    return re.sub(r"[^\S\n]+", " ", plain.replace("*", "").replace("–", "-")).strip()


def cited(text: str) -> frozenset[str]:
    pointers = (pointer for pointer in pointers_in(text) if pointer.kind == "reference")
    return frozenset(
        f"{pointer.id}:{pointer.locator}" if pointer.locator else pointer.id for pointer in pointers
    )


def paragraphs(body: str) -> Iterator[str]:
    """Rows of tables and items of lists one by one, and paragraphs; a list also with what leads to it."""
    before = ""
    for block in re.split(r"\n[ \t]*\n", body):
        lines = block.splitlines()
        starts = [nth for nth, line in enumerate(lines) if nth == 0 or ROW_OR_ITEM.match(line)]
        for start, end in pairwise([*starts, len(lines)]):
            yield "\n".join(lines[start:end])
        if before.rstrip().endswith(":") and LIST_ITEM.match(block):
            yield f"{before}\n{block}"
        before = block


def is_offered_as_wrong(passage: Passage) -> bool:
    if passage.kind == TERMS and "avoid" in passage.path:
        return True
    if passage.kind != QUESTIONS or len(passage.path) < 3:
        return False
    bank = next(bank for bank in programme().banks.values() if bank.source == passage.file)
    question, part = bank.questions[str(passage.path[1])], passage.path[2:]
    if isinstance(question, Choice) and part[0] == "options" and part[-1] == "text":
        return not question.options[str(part[1])].correct
    return isinstance(question, TrueFalse) and part == ("stem",) and not question.answer


def entry(passage: Passage) -> str:
    """The article or clause of the register that a text tells of, as it is cited."""
    if len(passage.path) < 5 or passage.path[2] != "articles":
        return ""
    id, article = passage.path[1], passage.path[3]
    clause = f".{passage.path[5]}" if passage.path[4] == "clauses" and len(passage.path) > 6 else ""
    return f"[@{id}:{article}{clause}]"


Texts = Mapping[tuple[str, str, str], list[str]]


def content() -> Texts:
    """Returns the texts of the programme by file, kind and key; those of one key make one piece."""
    texts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for nth, passage in enumerate(all_passages(programme())):
        if is_offered_as_wrong(passage):
            continue
        # A flow is read within a lesson, a step with its branches at once.
        kind = LESSONS if passage.kind == "Flow" else passage.kind
        whose, key = (passage.file, kind), str(nth)
        if passage.is_body:
            for part, paragraph in enumerate(paragraphs(programme().in_words(passage.text))):
                texts[*whose, f"{key}.{part}"].append(paragraph)
            continue
        if passage.kind in {QUESTIONS, TERMS, "Flow"} and len(passage.path) > 1:
            key = str(passage.path[1])
        elif passage.kind == REGISTER and (place := entry(passage)):
            key = place
            texts[*whose, key] = texts[*whose, key] or [place]
        texts[*whose, key].append(programme().in_words(passage.text))
    return texts


def templates() -> Texts:
    """Returns each line of each template, without what is not read."""
    return {
        (str(file.relative_to(REPOSITORY)), TEMPLATE, str(nth)): [line]
        for file in sorted(TEMPLATES.rglob("*.j2"))
        for nth, line in enumerate(COMMANDS.sub(" ", file.read_text(encoding="utf-8")).splitlines(), 1)
    }


@cache
def programme_texts(*kinds: str) -> tuple[ProgrammeText, ...]:
    """Returns the pieces of these kinds; of every kind where none is named."""
    if kinds:
        return tuple(piece for piece in programme_texts() if piece.kind in kinds)
    return tuple(
        ProgrammeText(
            file=file,
            kind=kind,
            key=key,
            words=" · ".join(map(read, given)),
            cited=frozenset().union(*map(cited, given)),
        )
        for (file, kind, key), given in (*content().items(), *templates().items())
    )


@cache
def lessons() -> tuple[ProgrammeText, ...]:
    """Returns each lesson as a whole, for what need not stand in one paragraph."""
    files: dict[str, list[ProgrammeText]] = defaultdict(list)
    for piece in programme_texts(LESSONS):
        files[piece.file].append(piece)
    return tuple(
        ProgrammeText(
            file=file,
            kind=LESSONS,
            words=" · ".join(part.words for part in parts),
            cited=frozenset().union(*(part.cited for part in parts)),
        )
        for file, parts in files.items()
    )


@cache
def own_sentences() -> tuple[tuple[ProgrammeText, str, str], ...]:
    """Every sentence that the programme says itself, with the piece and what stands around it there."""
    collected = []
    for piece in programme_texts():
        for text in piece.words.split(" · "):
            own = [sentence for sentence in sentences(QUOTED.sub("…", text)) if sentence]
            for nth, sentence in enumerate(own):
                collected.append((piece, sentence, " ".join(own[max(nth - 1, 0) : nth + 2])))
    return tuple(collected)


def paper_context(edition: Edition) -> PaperContext:
    """What books of the province are drawn with."""
    prose = Prose(programme())
    lessons = lessons_on_paper(programme(), prose, "")
    return PaperContext(programme=programme(), prose=prose, site_url="", edition=edition, lessons=lessons)


def bare(text: str) -> str:
    """The text without spaces, and without hyphens, which end a line as another character."""
    return re.sub(r"[\s\xa0\ufffe\u00ad\x02-]+", "", text)
