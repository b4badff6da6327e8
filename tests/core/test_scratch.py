"""Folders of our own outside the project: gone with the block, or with the next command after a kill; nobody else's."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from analysis.base import scratch
from analysis.base.errors import UsageError

HOLD = (
    "import time\nfrom analysis.base import scratch\nwith scratch.folder() as folder:\n"
    "    (folder / 'file').touch()\n   "
    " print(folder, flush=True)\n    time.sleep(60)\n"
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def holder(place):
    """Start a process that uses a folder, and wait until it does."""
    process = subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, encoding="utf-8")
    assert process.stdout.readline().strip().startswith(str(place))
    yield process
    process.kill()
    process.communicate()


MAKE = """
import sys, time
from pathlib import Path
from analysis.base import scratch
with scratch.part(Path(sys.argv[1])) as beside:
    beside.write_text("half", encoding="utf-8")
    print(beside, flush=True)
    time.sleep(60)
"""


def names(place) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_folder_goes_with_the_block_whatever_happens(place):
    def use():
        with scratch.folder() as folder:
            (folder / "inner").mkdir()
            assert folder.parent == place
            assert len(folder.name) < 24  # sockets in it have names of some 100 bytes
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        use()
    assert names(place) == []


def test_folder_in_use_stays_and_that_of_a_killed_process_is_swept(place, holder):
    before = names(place)
    assert len(before) == 2
    with scratch.folder() as own:
        scratch.sweep()
        assert own.is_dir()
    assert names(place) == before
    holder.kill()
    holder.wait()
    scratch.sweep()
    assert names(place) == []


def test_what_is_not_ours_stays(place, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "file").touch()
    for name in ("spo-report-alone", "report-2021"):
        (place / name).mkdir()
    (place / "report-2021.lock").touch()
    (place / "spo-report-file").write_text("not a folder", encoding="utf-8")
    (place / "spo-report-file.lock").touch()
    (place / "spo-report-link").symlink_to(elsewhere)
    (place / "spo-report-link.lock").touch()
    (place / "spo-report-linked.lock").symlink_to(elsewhere / "file")
    (place / "spo-report-linked").mkdir()
    before = names(place)
    scratch.sweep()
    assert names(place) == before
    assert (elsewhere / "file").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")
def test_folders_of_other_people_stay(place):
    (place / "spo-report-other").mkdir()
    (place / "spo-report-other.lock").touch()
    os.chown(place / "spo-report-other.lock", 12345, 12345)
    scratch.sweep()
    assert names(place) == ["spo-report-other", "spo-report-other.lock"]


def test_lock_file_that_was_left_before_its_folder_was_made_is_swept(place):
    (place / "spo-report-early.lock").touch()
    scratch.sweep()
    assert names(place) == []


def test_no_place_for_temporary_files_is_told(monkeypatch):
    def none():
        raise FileNotFoundError(2, "No usable temporary directory found in ['/a']")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    scratch.sweep()
    with pytest.raises(UsageError, match="TMPDIR"), scratch.folder():
        pass


def test_file_in_the_making_stays_and_that_of_a_killed_process_is_swept(place, tmp_path_factory):
    folder = tmp_path_factory.mktemp("мои файлы")
    (folder / ".report-0123456789abcdef.part").touch()  # nobody told of it
    process = subprocess.Popen(
        [sys.executable, "-c", MAKE, str(folder / "a.csv")], stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        beside = process.stdout.readline().strip()
        scratch.sweep()
        assert Path(beside).read_text(encoding="utf-8") == "half"
    finally:
        process.kill()
        process.communicate()
    scratch.sweep()
    assert names(folder) == [".report-0123456789abcdef.part"] and names(place) == []


def test_a_note_of_a_file_that_is_no_such_part_removes_nothing(place, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mine")
    for name in ("a.csv", ".report-xyz.part", ".report-0123456789abcdef.part.csv"):
        (folder / name).touch()
        (place / f"spo-report-{name}.lock").write_bytes(os.fsencode(folder / name))
    (folder / ".report-0123456789abcdef.part").mkdir()
    (place / "spo-report-folder.lock").write_bytes(os.fsencode(folder / ".report-0123456789abcdef.part"))
    (place / "spo-report-nul.lock").write_bytes(b"/a\0/.report-0123456789abcdef.part")
    scratch.sweep()
    assert len(names(folder)) == 4


def test_a_file_is_made_where_there_is_no_place_to_tell_of_it(monkeypatch, tmp_path):
    def none():
        raise FileNotFoundError(2, "No usable temporary directory found in ['/a']")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    with scratch.part(tmp_path / "a.csv") as beside:
        beside.touch()
        assert names(tmp_path) == [beside.name]
    assert names(tmp_path) == []
