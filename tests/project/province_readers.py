"""Which tests read the programme that stands in this repository, told from their code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

from programmes import REPOSITORY

TESTS = REPOSITORY / "tests"
#: Folders of a programme that an author edits.
EDITED = frozenset({"content", "curricula"})
#: What makes another path of one, or says where another lies.
COMPARING = frozenset({"relative_to", "is_relative_to"})
SAME_PLACE = frozenset({"resolve", "absolute"})
SAME_TEXT = frozenset({"Path", "str", "fspath"})
LISTING = frozenset({"glob", "rglob"})
#: They load it or copy it for whoever asks them.
LOADERS = frozenset({"programme_texts", "bench.corpus"})


def is_edited(path: PurePosixPath) -> bool:
    return bool(path.parts) and path.parts[0] in EDITED


def function(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


@dataclass(frozen=True)
class CodeOfTests:
    """A file of tests: where it lies, its code, and the paths that its names are bound to."""

    file: Path
    module: ast.Module

    def reads_province(self) -> bool:
        """Tells whether it reads content or curricula here, copies them or hands on where they lie."""
        imported = {node.module for node in self.nodes if isinstance(node, ast.ImportFrom)}
        return bool(imported & LOADERS) or any(
            self.is_read(node, path) for node, path in self.outermost_paths()
        )

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.module))

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def names_edited_folder(self) -> bool:
        """Whether a text of it is a place of the province's programme, as a list of folders has."""
        texts = (node.value for node in self.nodes if isinstance(node, ast.Constant))
        places = (text for text in texts if isinstance(text, str) and len(text) < 100)
        return any(is_edited(PurePosixPath(text)) and (REPOSITORY / text).exists() for text in places)

    @cached_property
    def paths_by_name(self) -> dict[str, Path]:
        """Names bound to a path of this repository, whatever they are called."""
        names: dict[str, Path] = {}
        for node in self.nodes:
            match node:
                case ast.ImportFrom(module=str(module), names=aliases) if other := helper(module):
                    bound = other.paths_by_name
                    names |= {
                        each.asname or each.name: bound[each.name] for each in aliases if each.name in bound
                    }
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                    | ast.NamedExpr(target=ast.Name(id=name), value=value)
                ) if path := self.path_of(value, names):
                    names[name] = path
        return names

    def path_of(self, node: ast.AST, names: dict[str, Path]) -> Path | None:
        """Returns the path that an expression is whenever the file is read, or None."""
        match node:
            case ast.Name(id="__file__"):
                return self.file
            case ast.Name(id=name):
                return names.get(name)
            case ast.Attribute(attr="REPOSITORY"):
                return REPOSITORY
            case ast.Attribute(value=value, attr="parent"):
                path = self.path_of(value, names)
                return path and path.parent
            case ast.Subscript(
                value=ast.Attribute(value=value, attr="parents"), slice=ast.Constant(value=int(n))
            ):
                path = self.path_of(value, names)
                return path and path.parents[n]
            case ast.Call():
                return self.path_of_call(node, names)
            case (
                ast.BinOp(left=value, op=ast.Div(), right=ast.Constant(value=str(text)))
                | ast.JoinedStr(values=[ast.FormattedValue(value=value), ast.Constant(value=str(text)), *_])
            ):
                path = self.path_of(value, names)
                return path and path / text.lstrip("/")
        return None

    def path_of_call(self, call: ast.Call, names: dict[str, Path]) -> Path | None:
        match call:
            case ast.Call(args=[value]) if function(call) in SAME_TEXT:
                return self.path_of(value, names)
            case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in SAME_PLACE:
                return self.path_of(value, names)
            case ast.Call(func=ast.Attribute(value=value, attr="joinpath"), args=args):
                path = self.path_of(value, names)
                texts = [text.value for text in args if isinstance(text, ast.Constant)]
                return path and path.joinpath(*map(str, texts))
        return None

    def outermost_paths(self) -> Iterator[tuple[ast.AST, Path]]:
        """Yields (expression, path) of each path that is no part of a longer one."""
        for node in self.nodes:
            path = self.path_of(node, self.paths_by_name)
            around = self.parents.get(node)
            if path and not (around and self.path_of(around, self.paths_by_name)):
                yield node, path

    def is_read(self, node: ast.AST, path: Path) -> bool:
        if not path.is_relative_to(REPOSITORY):
            return False
        place = PurePosixPath(path.relative_to(REPOSITORY).as_posix())
        return is_edited(place) or (not place.parts and self.is_root_used(node))

    def is_root_used(self, node: ast.AST) -> bool:
        """Tells whether what is done with the root of the repository comes to the programme in it."""
        around = self.parents[node]
        match around:
            case ast.BinOp(left=left) if left is node:
                return self.names_edited_folder
            case ast.Attribute(attr=name):
                call = self.parents[around]
                return name in LISTING and isinstance(call, ast.Call) and self.is_listed(name, call)
            case ast.Call():
                return function(around) not in COMPARING
            case ast.Dict(keys=keys, values=values):
                (key,) = (key for key, value in zip(keys, values, strict=True) if value is node)
                return not (isinstance(key, ast.Constant) and key.value == "PYTHONPATH")
            case ast.List():
                call = self.parents[around]
                return not (isinstance(call, ast.Call) and function(call) == "join")
            case ast.keyword() | ast.arguments() | ast.Tuple() | ast.Set() | ast.Starred():
                return True
            case ast.IfExp() | ast.BoolOp() | ast.Return() | ast.Yield():
                return True
        return False

    def is_listed(self, name: str, call: ast.Call) -> bool:
        """Tells whether a pattern, below the root, fits files of the programme."""
        match call.args:
            case [ast.Constant(value=str(pattern))]:
                first = pattern.partition("/")[0]
                return name == "rglob" or first == "**" or first in EDITED
        return self.names_edited_folder


@cache
def helper_files() -> dict[str, Path]:
    """Returns the files of tests by the name that others import them by."""
    return {path.stem: path for path in TESTS.rglob("*.py") if path.stem != "conftest"}


@cache
def code_of(file: Path) -> CodeOfTests:
    return CodeOfTests(file, ast.parse(file.read_text(encoding="utf-8")))


def helper(module: str) -> CodeOfTests | None:
    file = helper_files().get(module)
    return file and code_of(file)


def readers_of_province() -> set[str]:
    """Returns the files of tests that read the province's programme, or run a program where it lies."""
    files = (code_of(path) for path in TESTS.rglob("*.py") if path != Path(__file__))
    return {code.file.relative_to(REPOSITORY).as_posix() for code in files if code.reads_province()}
