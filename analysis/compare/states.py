"""What can be compared: editions, the data as they were known on a day, commits, and what lies in the folder now."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.base import git, paths, scratch
from analysis.base.errors import UsageError, did_you_mean
from analysis.catalogue.vintages import restore
from analysis.editions.edition import available

NOW = "now"
_WHEN = re.compile(r"\d{4}-\d{2}-\d{2}(-\d+)?")
# What of a commit is looked at.
LOOKED_AT = ("data", "chapters", "index.qmd", "_quarto.yml")


@dataclass(frozen=True)
class State:
    """One side of a comparison.

    Attributes
    ----------
    label : str
        What it is called: «издание kemerovo-2021», «данные на 2022-03-01».
    root : Path
        A project folder that holds it.
    edition : str
        The edition it is; empty for a state of all data.
    prose : bool
        Whether it has chapters.
    present : bool
        Whether it is what lies in the project folder.
    """

    label: str
    root: Path
    edition: str = ""
    prose: bool = True
    present: bool = False


@contextmanager
def laid_out(first: str, second: str = NOW) -> Iterator[tuple[State, State]]:
    """Give two states, each in a folder: what is not there now is laid out in one that goes with the block.

    Parameters
    ----------
    first, second : str
        An edition; a day («2022-03-01») or an acceptance («2022-03-01-1») of `data/vintages`; a commit by any name Git
        knows; `now`.

    Raises
    ------
    UsageError
        There is no such thing, or one is an edition and the other is not.
    DataError
        The data cannot be laid out as they were.
    """
    editions = available()
    named = [name in editions for name in (first, second)]
    if any(named) and not all(named):
        edition, other = (first, second) if named[0] else (second, first)
        if other == NOW:
            raise UsageError(
                f"С чем сравнить издание «{edition}»? Назовите второе издание{_others(edition, editions)}."
            )
        if not _WHEN.fullmatch(other) and _commit(other) is None:
            raise UsageError(_unknown(other, editions))
        raise UsageError(
            f"«{edition}» – издание, а «{other}» – состояние всех данных: сравнить можно два издания или два состояния."
            f" Одно издание в двух состояниях: report diff {other} now --edition {edition}"
        )
    with ExitStack() as open_folders:
        yield (
            _state(first, editions, open_folders),
            _state(second, editions, open_folders),
        )


def _others(edition: str, editions: list[str]) -> str:
    others = [name for name in editions if name != edition]
    return f" (есть: {', '.join(others)})" if others else ""


def _state(name: str, editions: list[str], open_folders: ExitStack) -> State:
    root = paths.project_root()
    if name in editions:
        return State(f"издание {name}", root, name, present=True)
    if name == NOW:
        return State("нынешнее состояние папки", root, present=True)
    if _WHEN.fullmatch(name):
        folder = open_folders.enter_context(scratch.folder()) / "project"
        folder.mkdir()
        restore(name, paths.data(), folder / paths.PUBLISHED)
        known = "перед приёмом" if name.count("-") > 2 else "на"
        return State(f"данные {known} {name}", folder, prose=False)
    if (commit := _commit(name)) is None:
        raise UsageError(_unknown(name, editions))
    folder = open_folders.enter_context(scratch.folder()) / "project"
    _check_out(name, commit, folder)
    return State(_called(name, commit), folder)


def _unknown(name: str, editions: list[str]) -> str:
    """Return what to say of a name that is nothing that could be compared."""
    near = did_you_mean(name, editions)
    if git.run(paths.project_root(), "rev-parse", "--git-dir") is None:
        return (
            f"Нет издания «{name}», и состояний Git тоже нет: Git не установлен, или папка проекта в нём не"
            f" хранится.{near} Можно назвать и день вида 2022-03-01."
        )
    return f"Нет ни издания, ни состояния Git «{name}».{near} Состояния показывает команда git log --oneline."


def _commit(name: str) -> str | None:
    """Return the hash of a commit by one of its names; None where there is none."""
    return git.said(paths.project_root(), "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")


def _called(name: str, commit: str) -> str:
    told = git.said(paths.project_root(), "show", "--no-patch", "--format=%cs", commit) or ""
    short = commit[:10]
    return f"коммит {short if name.startswith(short) or commit.startswith(name) else f'{name} ({short})'} от {told}"


def _check_out(name: str, commit: str, folder: Path) -> None:
    """Lay out the data and the chapters of a commit; the work tree is not touched."""
    root = paths.project_root()
    listed = (git.said(root, "ls-tree", "--name-only", commit) or "").splitlines()
    held = [part for part in LOOKED_AT if part in listed]
    archive = git.run(root, "archive", "--format=tar", commit, "--", *held) if "data" in held else None
    if archive is None:
        raise UsageError(f"В состоянии Git «{name}» нет папки data: сравнить его не с чем. Назовите другое.")
    folder.mkdir()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
