"""Whatever moment a build dies at, the next start finds two old folders or two new ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.book import swap as module
from analysis.book.swap import recover, swap
from analysis.errors import UsageError


class Died(BaseException):
    """Stands for `kill -9`: nothing catches it."""


@pytest.fixture
def folders(tmp_path):
    for name in ("book", "figures"):
        for age in ("old", "new"):
            folder = tmp_path / age / name
            folder.mkdir(parents=True)
            (folder / "file").write_text(age, encoding="utf-8")
    (tmp_path / "old").rename(tmp_path / "place")
    return {tmp_path / "place" / name: tmp_path / "new" / name for name in ("book", "figures")}


def ages(folders) -> set[str]:
    return {(target / "file").read_text(encoding="utf-8") for target in folders}


def test_new_folders_take_the_place_of_old_ones(folders, tmp_path):
    swap(folders, tmp_path / "marker")
    assert ages(folders) == {"new"}
    assert sorted(path.name for path in (tmp_path / "place").iterdir()) == ["book", "figures"]
    assert not (tmp_path / "marker").exists()


def test_first_book_needs_no_old_one(folders, tmp_path):
    for target in folders:
        module.shutil.rmtree(target)
    swap(folders, tmp_path / "marker")
    assert ages(folders) == {"new"}


@pytest.mark.parametrize("step", range(12))
def test_death_at_any_step_is_repaired(folders, tmp_path, monkeypatch, step):
    left = step

    def mortal(function):
        def wrapped(*args, **kwargs):
            nonlocal left
            if left == 0:
                raise Died
            left -= 1
            return function(*args, **kwargs)

        return wrapped

    with monkeypatch.context() as patch:
        for owner, name in ((Path, "rename"), (Path, "touch"), (Path, "unlink"), (module.shutil, "rmtree"), (module.shutil, "move")):
            patch.setattr(owner, name, mortal(getattr(owner, name)))
        with pytest.raises(Died):
            swap(folders, tmp_path / "marker")
    ready = (tmp_path / "marker").exists()
    recover(folders, tmp_path / "marker")
    assert ages(folders) == {"new"} if ready else len(ages(folders)) == 1
    assert sorted(path.name for path in (tmp_path / "place").iterdir()) == ["book", "figures"]


def test_folder_left_aside_by_a_swap_that_was_given_up_comes_back(folders, tmp_path):
    for target in folders:
        target.rename(target.with_name(f".{target.name}.old"))
    recover(folders, tmp_path / "marker")
    assert ages(folders) == {"old"}


def test_folder_in_use_keeps_the_old_book_and_says_so(folders, tmp_path, monkeypatch):
    rename = Path.rename

    def refuse(self, target):
        if self.name == "figures":
            raise PermissionError(13, "in use", str(self))
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(UsageError, match="открыт в другой программе"):
            swap(folders, tmp_path / "marker")
    assert ages(folders) == {"old"}
    assert not (tmp_path / "marker").exists()
