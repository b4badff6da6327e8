"""Whatever moment a build dies at, the next command finds two old folders or two new ones, and nothing beside them."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.base import paths
from analysis.base.errors import UsageError
from analysis.base.lock import locked
from analysis.book.repair import repair
from analysis.book.swap import recover, swap

DIED = 9
# What Python tells of before it asks the system for it: every file call of a swap is among them.
CALLS = ("open", "os.", "shutil.")
DIVIDES = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot divide a process")


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Lay an old book and its figures, and new ones made elsewhere; returns new by old."""
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    work = paths.build("tiny")
    places = {paths.book("tiny"): work / "out", paths.figures("tiny"): work / "stage" / "figures"}
    for target, source in places.items():
        for folder, age in ((target, "old"), (source, "new")):
            folder.mkdir(parents=True)
            (folder / "file").write_text(age, encoding="utf-8")
    return places


@pytest.fixture
def marker(folders):
    return paths.swap_marker("tiny")


def ages(folders) -> set[str]:
    return {(target / "file").read_text(encoding="utf-8") for target in folders}


def beside(folders) -> list[str]:
    """Return what lies beside the folders."""
    return sorted(path.name for target in folders for path in target.parent.iterdir() if path != target)


def killed(call: Callable[[], object], step: int) -> bool:
    """Do something in a process that is gone before its file call number `step`; tell whether it had so many."""

    def count(event: str, _: tuple) -> None:
        nonlocal step
        if event.startswith(CALLS):
            if not step:
                os._exit(DIED)
            step -= 1

    return apart(call, count) == DIED


def apart(call: Callable[[], object], hear: Callable[[str, tuple], None]) -> int:
    """Run a block in a process of its own, for hooks on its calls stay for ever; return its status."""
    child = os.fork()
    if not child:
        try:
            sys.addaudithook(hear)
            call()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_new_folders_take_the_place_of_old_ones(folders, marker):
    swap(folders, marker)
    assert (ages(folders), beside(folders), marker.exists()) == ({"new"}, [], False)


def test_first_book_needs_no_old_one(folders, marker):
    for target in folders:
        shutil.rmtree(target)
    swap(folders, marker)
    assert ages(folders) == {"new"}


@DIVIDES
@pytest.mark.parametrize(
    ("across", "first"),
    [(False, False), (True, False), (False, True)],
    ids=["one disk", "across disks", "no book before"],
)
def test_death_at_any_file_call_is_repaired_by_the_next_command(folders, marker, across, first, tmp_path, monkeypatch):
    if across:
        rename = os.rename

        def elsewhere(source, target, **options):
            if str(target).endswith(".new"):
                raise OSError(errno.EXDEV, "another disk")
            rename(source, target, **options)

        monkeypatch.setattr(os, "rename", elsewhere)
    if first:
        for target in folders:
            shutil.rmtree(target)
    start = tmp_path.with_name(f"{tmp_path.name}-start")
    shutil.copytree(tmp_path, start)
    seen, step = set(), 0
    while killed(lambda: swap(folders, marker), step):
        complete = marker.exists()
        if complete:  # the repair is killed too, at another of its calls each time
            killed(lambda: repair(paths.cut_off()), step % 9)
        assert repair(paths.cut_off()) == []
        there = {target.exists() for target in folders}
        assert there == {True} if complete or not first else there in ({True}, {False})
        if there == {True}:
            assert len(ages(folders)) == 1
            seen |= ages(folders)
        assert (beside(folders), paths.cut_off()) == ([], [])
        step += 1
        shutil.rmtree(tmp_path)
        shutil.copytree(start, tmp_path)
    assert step > 10 and "new" in seen and ("old" in seen or first)


@DIVIDES
def test_nothing_slow_stands_between_the_renames(folders, marker):
    """Between the first old folder going and the last new one coming, no file is read, written or removed."""
    out, into = os.pipe()

    def note(event: str, arguments: tuple) -> None:
        if event.startswith(CALLS):
            os.write(into, f"{event} {arguments[0] if arguments else ''}\n".encode())

    assert apart(lambda: swap(folders, marker), note) == 0
    os.close(into)
    with os.fdopen(out) as pipe:
        events = pipe.read().splitlines()
    begin = events.index(f"os.rename {paths.book('tiny')}")
    assert [event.split()[0] for event in events[begin : begin + 4]] == ["os.rename"] * 4
    assert not [event for event in events[begin + 4 :] if event.startswith("os.rename")]


def test_a_swap_that_another_process_is_making_is_left_to_it(folders, marker):
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.touch()
    for target in folders:
        target.rename(paths.beside(target)[1])
    with locked(paths.build("tiny") / "lock", "Занято."):
        assert repair(paths.cut_off()) == []
        assert not any(target.exists() for target in folders)
    assert repair(paths.cut_off()) == []
    assert ages(folders) == {"old"}


def test_folder_left_aside_by_a_swap_that_was_given_up_comes_back(folders, marker):
    for target in folders:
        target.rename(paths.beside(target)[1])
    recover(folders, marker)
    assert ages(folders) == {"old"}


@pytest.mark.parametrize("stubborn", ["tiny", ".tiny.new"])
@pytest.mark.parametrize("kind", ["_book", "figures"])
def test_folder_in_use_keeps_the_old_book_and_says_so(folders, marker, monkeypatch, kind, stubborn):
    rename = Path.rename

    def refuse(self, target):
        if self.parent.name == kind and self.name == stubborn and refusals:
            refusals.pop()
            raise PermissionError(13, "in use", str(self))
        return rename(self, target)

    refusals = [1]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(UsageError, match="открыт в другой программе"):
            swap(folders, marker)
    assert (ages(folders), beside(folders), marker.exists()) == ({"old"}, [], False)


def test_interruption_between_the_renames_leaves_the_old_book(folders, marker, monkeypatch):
    rename = Path.rename

    def interrupted(self, target):
        if self == paths.figures("tiny") and interruptions:
            raise interruptions.pop()
        return rename(self, target)

    interruptions = [KeyboardInterrupt()]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            swap(folders, marker)
    assert (ages(folders), beside(folders), marker.exists()) == ({"old"}, [], False)


def test_disk_without_room_for_the_new_folders_keeps_the_old_ones(folders, marker, monkeypatch):
    def full(source, target):
        Path(target).mkdir()
        raise OSError(errno.ENOSPC, "no room", str(target))

    monkeypatch.setattr(shutil, "move", full)
    with pytest.raises(OSError, match="no room"):
        swap(folders, marker)
    assert (ages(folders), beside(folders), marker.exists()) == ({"old"}, [], False)
