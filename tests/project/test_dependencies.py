"""pyproject.toml, requirements.lock and environment.yml say the same thing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+?)(?:\s*;\s*(.+?))?\s*\\$", re.MULTILINE)
SUPPORTED = ("3.11", "3.12", "3.13")


def parse(lines: list[str]) -> dict[str, Requirement]:
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def direct(project: dict) -> dict[str, Requirement]:
    extras = sum(project["optional-dependencies"].values(), [])
    return parse(project["dependencies"] + extras)


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def environment(root: Path) -> list:
    return yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def conda_and_pip(environment: list) -> dict[str, Requirement]:
    pip = next(entry["pip"] for entry in environment if isinstance(entry, dict))
    conda = [entry for entry in environment if isinstance(entry, str)]
    return parse(conda + [line for line in pip if not line.startswith("-e")])


def test_environment_has_the_direct_dependencies_and_their_bounds(direct, environment):
    theirs = conda_and_pip(environment)
    beside = {"python", "pip", "quarto"}
    assert set(theirs) - beside == set(direct)
    assert {name: str(theirs[name].specifier) for name in direct} == {
        name: str(requirement.specifier) for name, requirement in direct.items()
    }


def test_environment_brings_python_quarto_and_the_project_itself(project, environment):
    theirs = conda_and_pip(environment)
    assert theirs["python"].specifier == Requirement("python" + project["requires-python"]).specifier
    assert theirs["quarto"].specifier == Requirement("quarto>=1.9,<1.11").specifier
    assert "-e ." in next(entry["pip"] for entry in environment if isinstance(entry, dict))


@pytest.mark.parametrize("version", SUPPORTED)
def test_every_direct_dependency_is_locked_within_its_bound(direct, lock, version):
    here = {"python_version": version, "python_full_version": version + ".0"}
    pinned = {
        canonicalize_name(name): pin
        for name, pin, marker in PIN.findall(lock)
        if not marker or Marker(marker).evaluate(here)
    }
    assert set(direct) <= set(pinned)
    wrong = [name for name, wanted in direct.items() if not wanted.specifier.contains(pinned[name])]
    assert wrong == []


def test_every_locked_package_has_a_hash(lock):
    packages = re.split(r"\n(?=[A-Za-z0-9])", lock.split("\n", 2)[2])
    assert len(packages) == len(PIN.findall(lock))
    assert [package.split(" ")[0] for package in packages if "--hash=sha256:" not in package] == []


def test_lock_names_no_address(lock):
    assert (
        re.findall(r"(?:https?|file|git\+\w+)://\S+|^--(?:extra-)?index\S*|^--find-links\S*", lock, re.MULTILINE) == []
    )
