"""pyproject.toml, the locks, environment.yml and the imports of the code say the same thing."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+?)(?:\s*;\s*(.+?))?\s*\\$", re.MULTILINE)
SUPPORTED = ("3.11", "3.12", "3.13")
LOCKS = {
    "requirements.lock": {"build"},
    "requirements-dev.lock": {"lab", "test", "lint", "build", "lock"},
    "requirements-bench.lock": {"bench"},
}
# Where code stands, and the extras it may import from besides what the report needs.
EXTRAS = {
    "analysis": set(),
    "chapters": set(),
    "tools": set(),
    "lab": {"lab"},
    "bench": {"test"},
    "tests": {"test"},
}
# Declared though nothing imports them: how each is used.
UNIMPORTED = {
    "ipykernel": "started by the name of its module",
    "fontpkg-pt-serif": "its files are found by the name of its module",
    "jupyter": "what researchers work with",
    "jupyterlab-language-pack-ru-ru": "the words of JupyterLab in Russian",
    "nbdime": "commands that Git calls",
    "nbval": "a plugin of pytest",
    "pytest-xdist": "a plugin of pytest",
    "ruff": "a command",
    "mypy": "a command",
    "pre-commit": "a command",
    "setuptools": "installs the project",
    "uv": "installs the packages, makes the locks",
    "statsforecast": "compared with where it is installed",
}
# What `make bench` can do without, and conda need not bring.
OPTIONAL = "bench"


def parse(lines: list[str]) -> dict[str, Requirement]:
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def direct(project: dict) -> dict[str, Requirement]:
    return declared(project, set(project["optional-dependencies"]))


@pytest.fixture(scope="module")
def needed(project: dict) -> dict[str, Requirement]:
    return declared(project, set(project["optional-dependencies"]) - {OPTIONAL})


@pytest.fixture(scope="module", params=LOCKS)
def lock(request, root: Path) -> str:
    return (root / request.param).read_text(encoding="utf-8")


def declared(project: dict, extras: set[str]) -> dict[str, Requirement]:
    """Return what is needed for the report and for these extras."""
    return parse(project["dependencies"] + [line for name in extras for line in project["optional-dependencies"][name]])


def pins(lock: str, version: str) -> dict[str, str]:
    """Return the versions a lock pins for a version of Python."""
    here = {"python_version": version, "python_full_version": version + ".0"}
    return {
        canonicalize_name(name): pin
        for name, pin, marker in PIN.findall(lock)
        if not marker or Marker(marker).evaluate(here)
    }


@pytest.fixture(scope="module")
def environment(root: Path) -> list:
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def conda_and_pip(environment: list) -> dict[str, Requirement]:
    pip = next(entry["pip"] for entry in environment if isinstance(entry, dict))
    # matplotlib without Qt has a name of its own there.
    conda = [entry.replace("matplotlib-base", "matplotlib") for entry in environment if isinstance(entry, str)]
    return parse(conda + [line for line in pip if not line.startswith("-e")])


def test_environment_has_the_direct_dependencies_and_their_bounds(needed, environment):
    theirs = conda_and_pip(environment)
    beside = {"python", "pip", "quarto"}
    ours = {name: str(requirement.specifier) for name, requirement in needed.items() if name != "uv"}  # conda installs
    assert set(theirs) - beside == set(ours)
    assert {name: str(theirs[name].specifier) for name in ours} == ours


def test_environment_brings_python_quarto_and_the_project_itself(project, environment):
    theirs = conda_and_pip(environment)
    assert theirs["python"].specifier == Requirement("python" + project["requires-python"]).specifier
    assert theirs["quarto"].specifier == Requirement("quarto>=1.9,<1.11").specifier
    assert "-e ." in next(entry["pip"] for entry in environment if isinstance(entry, dict))


@pytest.mark.parametrize("version", SUPPORTED)
@pytest.mark.parametrize("name", LOCKS)
def test_every_direct_dependency_is_locked_within_its_bound(project, root, name, version):
    pinned = pins((root / name).read_text(encoding="utf-8"), version)
    wanted = declared(project, LOCKS[name])
    assert set(wanted) <= set(pinned)
    assert [each for each, bound in wanted.items() if not bound.specifier.contains(pinned[each])] == []


def test_the_locks_cover_every_extra(project):
    assert set().union(*LOCKS.values()) == set(project["optional-dependencies"])


@pytest.mark.parametrize("version", SUPPORTED)
def test_the_report_is_built_with_the_versions_it_is_tested_with(root, version):
    report, dev, bench = (pins((root / name).read_text(encoding="utf-8"), version) for name in LOCKS)
    assert report.items() <= dev.items()
    # The peers lie beside them.
    assert {name: pin for name, pin in bench.items() if dev.get(name, pin) != pin} == {}
    assert {"statsforecast", "numba"} <= set(bench) - set(dev)


def test_the_report_waits_for_nothing_of_the_desk_and_the_tests(project, root):
    apart = set(declared(project, {"lab", "test", "bench", "lint", "lock"})) - set(declared(project, {"build"}))
    pinned = set(pins((root / "requirements.lock").read_text(encoding="utf-8"), SUPPORTED[0]))
    assert apart & pinned == {"packaging", "ipython"}  # come with matplotlib and the kernel


def sources(folder: Path) -> Iterator[str]:
    """Yield the code of a folder: modules, and code cells of notebooks."""
    for path in sorted(folder.rglob("*.py")):
        yield path.read_text(encoding="utf-8")
    for path in sorted(folder.rglob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def imported(source: str) -> set[str]:
    """Return the first names of what a source imports anywhere, for type checkers too; relative imports are its own."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(str(node.module))
    return {name.split(".")[0] for name in names}


def foreign(folder: Path) -> set[str]:
    """Return the modules a folder imports from distributions other than Python and this one."""
    return {name for source in sources(folder) for name in imported(source)} - sys.stdlib_module_names - set(EXTRAS)


@pytest.mark.parametrize("folder", EXTRAS)
def test_every_import_is_declared_where_it_is_needed(project, root, folder):
    """What comes along with another package may stay away with its next release."""
    wanted = set(declared(project, EXTRAS[folder]))
    homes = packages_distributions()
    undeclared = {
        name
        for name in foreign(root / folder)
        if not wanted & {canonicalize_name(home) for home in homes.get(name, [])}
    }
    assert undeclared == set()


def test_tools_run_before_anything_is_installed(root):
    assert {name for source in sources(root / "tools") for name in imported(source)} <= sys.stdlib_module_names


def test_nothing_is_declared_that_nothing_uses(project, root, direct):
    homes = packages_distributions()
    used = {
        canonicalize_name(home) for folder in EXTRAS for name in foreign(root / folder) for home in homes.get(name, [])
    }
    assert set(direct) - used == set(UNIMPORTED)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import numpy.linalg as la, os", {"numpy", "os"}),
        ("def f():\n    from lxml import etree", {"lxml"}),
        ("from . import tables\nfrom .tables import pandas", set()),
        ("if TYPE_CHECKING:\n    from pandas import DataFrame", {"pandas"}),
    ],
)
def test_imports_are_seen_wherever_they_stand(source, names):
    assert imported(source) == names


def test_every_locked_package_has_a_hash(lock):
    packages = re.split(r"\n(?=[A-Za-z0-9])", lock.split("\n", 2)[2])
    assert len(packages) == len(PIN.findall(lock))
    assert [package.split(" ")[0] for package in packages if "--hash=sha256:" not in package] == []


def test_lock_names_no_address(lock):
    assert (
        re.findall(r"(?:https?|file|git\+\w+)://\S+|^--(?:extra-)?index\S*|^--find-links\S*", lock, re.MULTILINE) == []
    )
