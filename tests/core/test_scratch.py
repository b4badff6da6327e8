"""Folders of our own outside the project: gone with the block, or with the next command after a kill; nobody else's."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pytest

from analysis import scratch
from analysis.errors import UsageError

HOLD = "import time\nfrom analysis import scratch\nwith scratch.folder() as folder:\n    (folder / 'file').touch()\n    print(folder, flush=True)\n    time.sleep(60)\n"


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


def names(place) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_folder_goes_with_the_block_whatever_happens(place):
    with pytest.raises(ZeroDivisionError), scratch.folder() as folder:
        (folder / "inner").mkdir()
        assert folder.parent == place and len(folder.name) < 24  # sockets in it have names of some 100 bytes
        1 / 0
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
