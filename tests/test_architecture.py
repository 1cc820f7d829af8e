"""The shape of the code, held: what may import what, how long a function may be, what the wheel carries."""

from __future__ import annotations

import ast
from importlib.resources import files
from pathlib import Path

import pytest

from linter.lexicon import rules_root
from tests.conftest import ROOT

LAYERS = [
    {"cli", "__main__", "components"},
    {"commands"},
    {"report", "spark"},
    {"lsp", "page", "review"},
    {"changes", "comparing", "dismissals", "mutation", "proving", "setting_up"},
    {"hints", "mutants", "schema"},
    {"schema_post", "schema_rule", "schema_wire"},
    {"schema_parts"},
    {"fixing"},
    {"run"},
    {"kept", "repository"},
    {"pages"},
    {"workspace", "explain", "scored", "account"},
    {"exports"},
    {"readers", "formats"},
    {"hindsight"},
    {"engine", "in_force"},
    {"profile"},
    {"rulefile"},
    {"allowing"},
    {"baseline", "since"},
    {"fingerprint"},
    {"rule", "config"},
    {"fix"},
    {"checks", "token_patterns"},
    {"marks"},
    {"scores"},
    {"aim", "gist"},
    {"analysis"},
    {"language", "lengths", "masked", "masks", "phrases"},
    {"filing", "links", "platforms"},
    {"lexicon"},
    {"term"},
    {"timeline"},
    {"inflect", "tokens", "post_keys", "finding"},
    {"post", "fields"},
    {"yamlfile", "front_matter"},
    {"breaking_off", "errors", "party", "store", "text", "version", "whole_files"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(Path(str(files("linter"))).glob("**/*.py"))


def layer_of(path: Path) -> str:
    inside = path.relative_to(str(files("linter"))).parts
    return inside[0].removesuffix(".py")


def imports(tree: ast.Module) -> list[str]:
    """Modules of ours imported at the top of a module, those for type checking left out."""
    found = [node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module]
    return [name.split(".")[1] for name in found if name.startswith("linter.")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: "/".join(path.parts[-2:]))
def test_nothing_imports_upwards_and_no_function_is_long(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    own = layer_of(path)
    if own != "__init__":
        assert [name for name in imports(tree) if RANK[name] < RANK[own]] == []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


def test_the_package_carries_the_rules_of_the_repository() -> None:
    beside = ROOT / "rules"
    carried = Path(str(rules_root()))
    names = {
        path.relative_to(beside).as_posix() for path in beside.rglob("*") if path.suffix in (".yaml", ".txt")
    }
    assert {
        path.relative_to(carried).as_posix()
        for path in carried.rglob("*")
        if path.suffix in (".yaml", ".txt")
    } == names
    for name in names:
        assert (carried / name).read_bytes() == (beside / name).read_bytes()
