"""Names and sizes of the package: what a newcomer looks for has one name and a place of its own."""

from __future__ import annotations

import ast
import gc
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from programmes import REPOSITORY
from province_readers import CodeOfTests, code_of, readers_of_province

PACKAGE = REPOSITORY / "generator"
LONGEST_MODULE = 400

#: Names that do not say what they hold.
EMPTY_NAMES = frozenset({"one", "found", "them"})
#: Pictures of a thing instead of its name; a slip is the paper with a learner's code alone.
PICTURES = frozenset(
    [
        "desk",
        "desks",
        "shelf",
        "door",
        "doors",
        "told",
        "matter",
        "swift",
        "sitting",
        "asking",
        "taking",
        "slip",
        "slips",
    ]
)
#: The field's own words, though a picture stands in them.
FIELD_WORDS = re.compile(r"front_matter|code_?slips?", re.IGNORECASE)
#: Modules whose names end in "ing" and are the field's own nouns.
NOUNS_IN_ING = frozenset({"training", "wording"})
#: Rooms of the same subjects, by the room that has them first: pages of the site and printed matter are made
#: of them, and a kind of document tells of itself beside what one holds.
MIRRORED = {Path("render/paper"): Path("render/site"), Path("programme/kinds"): Path("programme/model")}


@pytest.fixture(scope="module", autouse=True)
def _uncollected() -> Iterator[None]:
    """Pauses the collector: half a million nodes last, and a look through them takes half a second."""
    gc.disable()
    yield
    gc.enable()


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module by its place in the package."""
    return {
        path.relative_to(PACKAGE): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def pictures_in(name: str) -> frozenset[str]:
    words = {word.lower() for word in re.split(r"_|(?<=[a-z0-9])(?=[A-Z])", FIELD_WORDS.sub("", name))}
    return words & PICTURES


def is_empty_or_picture(name: str) -> bool:
    return name in EMPTY_NAMES or bool(pictures_in(name))


#: Where the name stands in whatever binds or reaches for one.
NAME_FIELDS: dict[type[ast.AST], str] = {
    ast.Attribute: "attr",
    ast.Name: "id",
    ast.arg: "arg",
    ast.FunctionDef: "name",
    ast.AsyncFunctionDef: "name",
    ast.ClassDef: "name",
    ast.MatchAs: "name",
    ast.MatchStar: "name",
    ast.ExceptHandler: "name",
}


def names_in(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields (line, name) of whatever `module` binds or reaches for; `.one()` is a method of SQLAlchemy."""
    for node in ast.walk(module):
        name = getattr(node, NAME_FIELDS.get(type(node), ""), None)
        if name and not (name == "one" and type(node) is ast.Attribute):
            yield getattr(node, "lineno", 0), name


@pytest.mark.slow
def test_names_say_what_they_hold() -> None:
    unclear = [
        f"generator/{place}:{line}: {name}"
        for place, module in modules().items()
        for line, name in names_in(module)
        if is_empty_or_picture(name)
    ]
    assert unclear == []


def test_modules_are_named_by_nouns_that_are_no_pictures() -> None:
    parts = {Path(part).stem for place in modules() for part in place.parts}
    assert {part for part in parts if is_empty_or_picture(part)} == set()
    assert {part for part in parts if part.endswith("ing")} == NOUNS_IN_ING


#: Pictures that names in tests still have; none may be added, and one that is gone is struck from here.
PICTURES_IN_TESTS = {"told", "door", "doors", "slip", "slips"}
#: Where names still do not say what they hold; a folder in which all do is struck from here.
UNCLEAR_FOLDERS = {"tests/browser", "tests/records", "tests/service", "tests/targets"}


@cache
def names_of_tests_and_benches() -> list[tuple[Path, int, str]]:
    """Returns (file, line, name); the name of a test is a sentence, so any word may stand in it."""
    paths = [path for folder in ("tests", "bench") for path in sorted((REPOSITORY / folder).rglob("*.py"))]
    return [
        (path.relative_to(REPOSITORY), line, name)
        for path in paths
        for line, name in names_in(code_of(path).module)
        if not name.startswith("test_")
    ]


@pytest.mark.slow
def test_names_in_tests_and_benches_are_no_pictures() -> None:
    names = {name: f"{path}:{line}" for path, line, name in names_of_tests_and_benches()}
    added = {names[name]: name for name in names if pictures_in(name) - PICTURES_IN_TESTS}
    assert added == {}
    assert {picture for name in names for picture in pictures_in(name)} == PICTURES_IN_TESTS


def test_names_in_tests_say_what_they_hold() -> None:
    unclear = [place for place in names_of_tests_and_benches() if is_empty_or_picture(place[2])]
    folders = {name for path, _, _ in unclear for name in map(str, path.parents) if name in UNCLEAR_FOLDERS}
    others = [place for place in unclear if not UNCLEAR_FOLDERS & set(map(str, place[0].parents))]
    assert [f"{path}:{line}: {name}" for path, line, name in others] == []
    assert folders == UNCLEAR_FOLDERS


def test_no_test_waits_by_what_the_policy_of_our_pages_forbids() -> None:
    """`wait_for_function` looks again by `eval`, so it passes only where the first look does."""
    places = [
        f"{path}:{line}" for path, line, name in names_of_tests_and_benches() if name == "wait_for_function"
    ]
    assert places == []


#: Files outside `tests/content/` that read the province's programme, each with what of it.
READERS_OF_THE_PROVINCE = {
    "tests/browser/test_campaign.py": "its campaigns, whose leaflets are to stand on the pages built of it",
    "tests/browser/conftest.py": "all, built once with its prints for the browser tests of the site",
    "tests/programme/test_image_safety.py": "its drawings, which are to pass as they are",
    "tests/project/test_bench.py": "all, which the corpus of the benchmarks is made from",
    "tests/project/test_contributing.py": "the names of its files, each of which an editor has a schema for",
    "tests/project/test_documents.py": "all, which the documents name things of",
    "tests/project/test_product_wording.py": "its terms and laws, which the software's words are held to",
    "tests/roster_import/roster_lists.py": "its units, whose names are traps for a roster",
    "tests/service/staff/test_staff_browser.py": "all, on the pages of the staff",
    "tests/service/staff/test_staff_clicks.py": "all, on the pages of the staff",
}
#: What they run in the repository is TypeScript, Biome and mypy, which read code alone.
READERS_OF_CODE = {"tests/project/test_scripts.py", "tests/project/test_wheel.py"}


@pytest.mark.slow
def test_tests_of_the_generator_load_the_sample() -> None:
    """An author's edit breaks none of them, and three times the content takes no three times as long."""
    readers = readers_of_province()
    content = {name for name in readers if name.startswith("tests/content/")}
    assert content
    assert readers - content == READERS_OF_THE_PROVINCE.keys() | READERS_OF_CODE


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        ("load(REPOSITORY)", True),
        ("page(REPOSITORY)", True),
        ("build(Options(root=REPOSITORY))", True),
        ("ROOT = REPOSITORY\nload(ROOT)", True),
        ("ROOT = Path(__file__).resolve().parents[2]\nstatus(ROOT)", True),
        ("from programmes import REPOSITORY as HOME\nload(HOME)", True),
        ("import programmes\nload(programmes.REPOSITORY)", True),
        ("from roster_lists import UNITS_FILE\nUNITS_FILE.read_text()", True),
        ("from programme_texts import programme", True),
        ("say('check', '--root', str(REPOSITORY))", True),
        ("say('check', cwd=REPOSITORY)", True),
        ("monkeypatch.chdir(REPOSITORY)", True),
        ("for root in (SAMPLES, REPOSITORY): load(root)", True),
        ("for part in ('content', 'overrides'): copytree(REPOSITORY / part, to)", True),
        ("HERE = Path(__file__).parent\n(HERE.parents[1] / 'content/pages').glob('*')", True),
        ("open(f'{REPOSITORY}/curricula/can-bo-cap-xa.yml')", True),
        ("REPOSITORY.glob('content/**/*.svg')", True),
        ("REPOSITORY.rglob('*.yml')", True),
        ("load(SAMPLES / 'good')", False),
        ("for folder in ('generator', 'overrides'): copytree(REPOSITORY / folder, to)", False),
        ("COURSE = 'curricula/nuoc-sach.yml'\n(REPOSITORY / folder, good / COURSE)", False),
        ("path.relative_to(REPOSITORY)", False),
        ("environment = {'PYTHONPATH': str(REPOSITORY)}", False),
        ("REPOSITORY.glob('*.md')", False),
    ],
)
def test_a_reader_of_the_province_is_known_however_it_comes_to_it(code: str, reads: bool) -> None:
    module = ast.parse(f"from programmes import REPOSITORY, SAMPLES\n{code}")
    assert CodeOfTests(Path(__file__), module).reads_province() is reads


@pytest.mark.parametrize(
    ("name", "is_unclear"),
    [
        ("found", True),
        ("found_by", False),
        ("PageShelf", True),
        ("is_told", True),
        ("print_slips", True),
        ("code_slips", False),
        ("CodeSlip", False),
        ("front_matter", False),
        ("matter", True),
        ("outdoor", False),
    ],
)
def test_unclear_names_are_known_by_their_words(name: str, is_unclear: bool) -> None:
    assert is_empty_or_picture(name) == is_unclear


def test_no_class_has_the_name_of_another() -> None:
    """Whoever reads or looks for a name finds one thing."""
    names = Counter(
        node.name
        for module in modules().values()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_no_module_has_the_name_of_another_in_its_room() -> None:
    twins = {
        room / place.name for room, first in MIRRORED.items() for place in modules() if place.parent == first
    }
    places = [place for place in modules() if place.stem != "__init__" and place not in twins]
    names = Counter((place.parts[0], place.stem) for place in places)
    assert [name for name, count in names.items() if count > 1] == []


def test_no_module_is_longer_than_a_newcomer_reads_at_once() -> None:
    lengths = {place: len((PACKAGE / place).read_text("utf-8").splitlines()) for place in modules()}
    assert {place: length for place, length in lengths.items() if length > LONGEST_MODULE} == {}


#: What asks a database, whoever has its connection.
QUERY_METHODS = frozenset({"execute", "exec_driver_sql", "scalar", "scalars"})


def queries_in(module: ast.Module) -> Iterator[int]:
    """The lines that build or send a query of SQLAlchemy's; its connection and its errors are none."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy":
            yield from (node.lineno for name in node.names if name.name != "Connection")
        elif isinstance(node, ast.Import):
            yield from (node.lineno for name in node.names if name.name.startswith("sqlalchemy"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy."):
            yield from [] if node.module == "sqlalchemy.exc" else [node.lineno]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from [node.lineno] if node.func.attr in QUERY_METHODS else []


def test_only_the_records_ask_the_database() -> None:
    queries = {path: list(queries_in(module)) for path, module in modules().items()}
    assert any(lines for path, lines in queries.items() if path.parts[0] == "records")
    assert not [
        f"{path}:{line}" for path, lines in queries.items() for line in lines if path.parts[0] != "records"
    ]


#: Prepositions and question words: a docstring that begins with one has no subject and no verb.
NO_FIRST_WORDS = """
    Of As By What Whom Whose Who Whether Within In At On From For To Where Which With Without Under Until
    Whoever Whatever
"""


def first_words(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields (line, first word) of each docstring; that of a verb is its help, in Vietnamese."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        is_verb = any("click." in ast.unparse(each) for each in getattr(node, "decorator_list", ()))
        if not is_verb and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, re.split(r"\W", text, maxsplit=1)[0]


@cache
def docstrings() -> list[tuple[str, str]]:
    """Returns (file:line, first word) of every docstring held to the rule."""
    return [
        (f"generator/{place}:{line}", word)
        for place, module in modules().items()
        for line, word in first_words(module)
    ]


@pytest.mark.parametrize("word", NO_FIRST_WORDS.split())
def test_no_docstring_begins_with_a_preposition_or_a_question_word(word: str) -> None:
    assert [where for where, first in docstrings() if first == word] == []


def test_first_words_of_docstrings_are_found_wherever_they_stand() -> None:
    ours = '"""As it is."""\nclass Unit:\n    """Of us."""\n    def name(self):\n        """Returns it."""\n'
    verb = '@click.command("paper")\ndef paper():\n    """In những bản PDF."""\n'
    assert list(first_words(ast.parse(ours + verb))) == [(1, "As"), (3, "Of"), (5, "Returns")]


VIETNAMESE = re.compile("[À-ỹ]")


def vietnamese_in(module: ast.Module) -> Iterator[str]:
    """Yields the texts of a module that are Vietnamese, but for docstrings."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(module) if isinstance(node, holders) and node.body]
    ignored = {id(statement.value) for statement in first if isinstance(statement, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in ignored:
            yield from [node.value] if VIETNAMESE.search(node.value) else []


def test_what_staff_read_stands_in_templates_and_catalogues() -> None:
    staff = Path("service/staff")
    pages = {path: list(vietnamese_in(module)) for path, module in modules().items() if staff in path.parents}
    assert len(pages) > 10
    assert {path.as_posix(): texts for path, texts in pages.items() if texts} == {}


@pytest.mark.slow
def test_vietnamese_is_seen_in_every_text_but_a_docstring() -> None:
    ours = '"""Điểm."""\nWORD = "đạt"\ndef name(n):\n    """Số."""\n    return f"{n} người, no"\n'
    assert list(vietnamese_in(ast.parse(ours))) == ["đạt", " người, no"]
