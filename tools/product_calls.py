"""Decide from the source of a test whether it calls product code, itself or by its fixtures and helpers.

A heuristic on names: a test calls product code when a name in it resolves to an import from one of our packages, to a
test client, to one of our templates or style sheets, or to a fixture that provides a client, a browser or a server.
Fixtures with ``autouse`` do not count.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

PRODUCT = {"safetycenter", "education", "reports"}
# These run product code without an import: through a client, a template, or a command by its name.
RUNS_PRODUCT = {
    "django.core.management.call_command",
    "django.template.loader.render_to_string",
    "django.test.Client",
    "django.test.client.Client",
}
CLIENTS = {"client", "admin_client", "live_server", "page"}
SHIPPED = {"static", "templates"}  # a test may also read files that are shipped


@dataclass
class Module:
    """One file of the tests: what its names refer to."""

    path: Path
    package: str
    defined: dict[str, ast.AST] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        for node in ast.parse(self.path.read_text()).body:
            self._note(node)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            self.defined[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
            self.defined |= dict.fromkeys(names, node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            self.imported |= imports(node, self.package)
        else:  # an if, a try or a with around any of these
            for inner in ast.iter_child_nodes(node):
                self._note(inner)


def imports(node: ast.Import | ast.ImportFrom, package: str) -> dict[str, str]:
    """Return the names that an import defines, each with the dotted name that it refers to."""
    if isinstance(node, ast.Import):
        return {(name.asname or name.name).partition(".")[0]: name.name for name in node.names}
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    base = ".".join([*above, *([node.module] if node.module else [])])
    return {name.asname or name.name: f"{base}.{name.name}" for name in node.names}


class Tests:
    """The test tree in ``folder``, whose name is that of its package."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._modules: dict[Path, Module | None] = {}

    def calls_product(self, path: Path, test: ast.FunctionDef) -> bool:
        """Return whether ``test``, a function of the file ``path``, calls product code."""
        return self._reaches(self._module(path), test, set())

    def sources(self, path: Path, test: ast.FunctionDef) -> list[ast.AST]:
        """Return ``test`` and all helpers and fixtures of the tests that it uses, itself or through each other."""
        found: dict[int, ast.AST] = {}
        self._collect(self._module(path), test, found)
        return list(found.values())

    def _collect(self, module: Module, node: ast.AST, found: dict[int, ast.AST]) -> None:
        if id(node) in found:
            return
        found[id(node)] = node
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        for name in sorted(names | _fixtures(node)):
            for home, inner in self._homes(module, name):
                self._collect(home, inner, found)

    def _homes(self, module: Module, name: str) -> Iterator[tuple[Module, ast.AST]]:
        """Yield the definition to which a name in ``module`` refers, as a helper or as a fixture, if tests have it."""
        owner, _, imported = module.imported.get(name, "").rpartition(".")
        helper = self._module(self._file(owner)) if owner else None
        folders = [self._module(folder / "conftest.py") for folder in module.path.parents if self._is_inside(folder)]
        places = [(module, name), (helper, imported), *((home, name) for home in [*folders, *self._plugins])]
        found = next(((home, inner) for home, inner in places if home and inner in home.defined), None)
        if found:
            yield found[0], found[0].defined[found[1]]

    def _reaches(self, module: Module, node: ast.AST, seen: set) -> bool:
        if node in seen:
            return False
        seen.add(node)
        inner = [part for part in ast.walk(node) if isinstance(part, ast.Import | ast.ImportFrom)]
        if any(self._is_product(dotted) for part in inner for dotted in imports(part, module.package).values()):
            return True
        if any(text.partition("/")[0] in SHIPPED for text in _texts(node)):
            return True
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        return any(self._name_reaches(module, name, seen) for name in sorted(names)) or any(
            self._fixture_reaches(module, name, seen) for name in sorted(_fixtures(node))
        )

    def _name_reaches(self, module: Module, name: str, seen: set) -> bool:
        if name in module.defined:
            return self._reaches(module, module.defined[name], seen)
        dotted = module.imported.get(name, "")
        return bool(dotted) and (self._is_product(dotted) or self._import_reaches(dotted, seen))

    def _import_reaches(self, dotted: str, seen: set) -> bool:
        """Follow an import from another file of the tests: ``tests.cast.person``, or a whole module of helpers."""
        owner, _, name = dotted.rpartition(".")
        if whole := self._module(self._file(dotted)):
            return any(self._name_reaches(whole, each, seen) for each in whole.imported) or any(
                self._reaches(whole, node, seen) for node in whole.defined.values()
            )
        helper = self._module(self._file(owner))
        return helper is not None and self._name_reaches(helper, name, seen)

    def _fixture_reaches(self, module: Module, name: str, seen: set) -> bool:
        if name in CLIENTS:
            return True
        if name in module.defined or name in module.imported:
            return self._name_reaches(module, name, seen)
        homes = [self._module(folder / "conftest.py") for folder in module.path.parents if self._is_inside(folder)]
        homes += self._plugins
        home = next((home for home in homes if home and home is not module and name in home.defined), None)
        return home is not None and self._reaches(home, home.defined[name], seen)

    @cached_property
    def _plugins(self) -> list[Module]:
        return [module for path in sorted(self._folder.glob("*.py")) if (module := self._module(path))]

    def _is_inside(self, folder: Path) -> bool:
        return folder == self._folder or self._folder in folder.parents

    def _is_product(self, dotted: str) -> bool:
        return dotted.partition(".")[0] in PRODUCT or dotted in RUNS_PRODUCT

    def _file(self, dotted: str) -> Path:
        parts = dotted.split(".")
        return self._folder.parent.joinpath(*parts).with_suffix(".py")

    def _module(self, path: Path) -> Module | None:
        if path not in self._modules:
            inside = self._is_inside(path.parent) and path.is_file()
            package = ".".join(path.parent.relative_to(self._folder.parent).parts) if inside else ""
            self._modules[path] = Module(path, package) if inside else None
        return self._modules[path]


def _texts(node: ast.AST) -> list[str]:
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def _fixtures(node: ast.AST) -> set[str]:
    """Return the names of the fixtures that a test or fixture asks for."""
    arguments = set()
    if isinstance(node, ast.FunctionDef):
        arguments = {argument.arg for argument in node.args.args + node.args.kwonlyargs} - {"self", "request"}
    uses = [part for part in ast.walk(node) if isinstance(part, ast.Call) and _asks_for_fixtures(part)]
    return arguments | {part.value for call in uses for part in call.args if isinstance(part, ast.Constant)}


def _asks_for_fixtures(call: ast.Call) -> bool:
    return ast.unparse(call.func) in ("pytest.mark.usefixtures", "request.getfixturevalue")
