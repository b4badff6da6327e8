"""Kernels forked from a warm parent: as clean as others, and never the only way."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from importlib.metadata import entry_points

import psutil
import pytest

from analysis.base.errors import CellError
from analysis.book import warm as warming
from analysis.book.kernel import environment
from analysis.book.warm import can_fork, warm

forks = pytest.mark.skipif(not can_fork(), reason="this system cannot fork")
CALLED = "from pathlib import Path\n\ndef leave(where):\n    Path(where).write_text('called')\n"


@pytest.fixture
def parent(tmp_path, monkeypatch):
    """Return what starts a parent that makes calls first."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "called_first.py").write_text(CALLED, encoding="utf-8")
    env = environment(tmp_path / "kernel", PYTHONPATH=str(tmp_path / "modules"))

    @contextmanager
    def start(*calls):
        with warm(calls, env=env, log=tmp_path / "warm.log") as one:
            yield one

    return start


def shown(notebook) -> list[str]:
    return [
        value["result"]["data"]["text/plain"]
        for cell in notebook.cells
        for value in cell.metadata.get("user_expressions", [])
    ]


@forks
def test_a_fork_has_what_the_parent_imported_and_nothing_of_another_chapter(parent, execute):
    first = "py:import sys, colorsys, os\ncolorsys.mark = 1\nmine = 1\nos.environ['MARK'] = '1'"
    there, marked = "str('called_first' in sys.modules)", "str(hasattr(colorsys, 'mark'))"
    asked = f"`{{python}} {there}` `{{python}} {marked}` `{{python}} str(os.getppid())`"
    left = "`{python} str('mine' in dir())` `{python} str('MARK' in os.environ)`"
    second = "py:import sys, colorsys, os"
    with parent(("called_first", "leave", (os.devnull,)), ("colorsys", "rgb_to_hsv", (0, 0, 0))) as one:
        before = execute(first, asked, parent=one.address)
        after = execute(second, asked, left, parent=one.address)
        pid = str(one.process.pid)
    assert shown(before) == ["'True'", "'True'", repr(pid)]
    assert shown(after) == ["'True'", "'False'", repr(pid), "'False'", "'False'"]


@forks
def test_what_is_to_be_done_first_is_done_once(parent, execute, tmp_path):
    with parent(("called_first", "leave", (str(tmp_path / "left"),))) as one:
        execute("py:a = 1", parent=one.address)
        (tmp_path / "left").unlink()
        execute("py:a = 1", parent=one.address)
    assert not (tmp_path / "left").exists()


@forks
def test_what_fails_before_the_kernels_is_logged_and_stops_none(parent, execute, tmp_path):
    with parent(("called_first", "nothing_of_that_name", ())) as one:
        assert shown(execute("`{python} 1 + 1`", parent=one.address)) == ["2"]
    assert "nothing_of_that_name" in (tmp_path / "warm.log").read_text(encoding="utf-8")


@forks
def test_a_kernel_that_dies_is_told_of(parent, execute):
    with parent() as one, pytest.raises(CellError, match="ядро Python аварийно завершилось"):
        execute("py:import os\nos._exit(9)", parent=one.address)


@forks
def test_without_its_parent_a_kernel_is_started_anew(parent, execute):
    with parent() as one:
        one.process.kill()
        one.process.wait()
        notebook = execute("py:import os", "`{python} str(os.getppid())`", parent=one.address)
    assert shown(notebook) == [repr(str(os.getpid()))]


@forks
def test_kernels_end_with_their_parent(parent, execute):
    pids: list[int] = []
    with parent() as one:
        execute("py:a = 1", parent=one.address, on_start=pids.append)
        kernel = psutil.Process(one.process.pid)
    assert pids
    assert not kernel.is_running()
    assert not any(psutil.pid_exists(pid) for pid in pids)


@forks
def test_the_parent_ends_with_whoever_started_it_however_that_ends(parent):
    with parent() as one:
        one.process.stdin.close()
        assert one.process.wait(60) == 0


@forks
def test_a_parent_that_is_still_getting_warm_is_stopped_with_what_it_started(parent):
    with parent(("time", "sleep", (600,))) as one:
        began = psutil.Process(one.process.pid)
    assert not began.is_running()
    assert one.process.returncode == -signal.SIGKILL


@forks
def test_a_chapter_told_to_stop_while_it_waits_starts_no_kernel_of_its_own(parent, execute):
    with parent() as one:
        pass
    warming.running[one.address] = one
    try:
        with pytest.raises(CellError, match="не запускается"):
            execute("py:a = 1", parent=one.address)
    finally:
        del warming.running[one.address]


def test_where_no_process_can_be_forked_there_is_no_parent(parent, monkeypatch):
    monkeypatch.setattr(warming, "can_fork", lambda: False)
    with parent() as one:
        assert one is None


def test_none_is_started_for_no_kernels(tmp_path):
    with warm(None, env={}, log=tmp_path / "warm.log") as one:
        assert one is None


def test_jupyter_finds_the_provisioner_by_its_entry_point():
    (found,) = entry_points(group="jupyter_client.kernel_provisioners", name="report-forked")
    assert found.load().__name__ == "ForkedProvisioner"


@forks
def test_the_seconds_of_the_kernels_are_counted(parent, execute):
    with parent() as one:
        busy = "py:import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
        execute(busy, parent=one.address)
    assert one.used > 0.3
