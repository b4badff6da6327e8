"""The cache of forecasts: what is not the very thing that was written is made anew, in silence."""

from __future__ import annotations

import errno
import os

import pandas as pd
import pytest

from analysis.base import paths
from analysis.outlook.cache import NotKeptError, cached, kept_only

TABLE = pd.DataFrame({"series": ["а", "б"], "mean": [1.25, -3e-07], "note": ['=1;"x"', None]})


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Return the folder of the cache, with one result kept."""
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    asked()
    return tmp_path / "build/cache"


def asked(table: pd.DataFrame = TABLE, name: str = "forecast") -> bool:
    """Ask for the result; tell whether it was made anew, and see that it is right."""
    made = []
    found = cached(name, lambda: made.append(1) or table, "given")
    pd.testing.assert_frame_equal(found, table)
    return bool(made)


def test_what_was_kept_is_believed(cache):
    (file,) = cache.iterdir()
    before = file.read_bytes()
    assert not asked() and file.read_bytes() == before and before.startswith(b"sha256 ")


def first(content: bytes) -> bytes:
    return content.partition(b"\n")[0] + b"\n"


SPOILED = {
    "empty": lambda content: b"",
    "one byte": lambda content: b"\n",
    "checksum alone": first,
    "no checksum": lambda content: content.partition(b"\n")[2],
    "changed number": lambda content: content.replace(b"1.25", b"1.26"),
    "changed checksum": lambda content: content.replace(b"sha256 ", b"sha256 0", 1),
    "cut off": lambda content: content[:-3],
    "last line end lost": lambda content: content[:-1],
    "one row lost": lambda content: b"\n".join(content.split(b"\n")[:-2]) + b"\n",
    "one row more": lambda content: content + b"x,1,\n",
    "doubled": lambda content: content + content,
    "line ends changed": lambda content: content.replace(b"\n", b"\r\n"),
    "byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "not UTF-8": lambda content: content.replace("а".encode(), b"\xe0"),
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "zeros": lambda content: bytes(len(content)),
    "binary": lambda content: bytes(range(256)) * 40,
    "other head": lambda content: content.replace(b"series,mean", b"series,meen"),
    "html": lambda content: b"<html></html>",
}


@pytest.mark.parametrize("way", SPOILED)
def test_what_was_spoiled_is_made_anew_and_replaced(cache, way):
    (file,) = cache.iterdir()
    sound = file.read_bytes()
    spoiled = SPOILED[way](sound)
    assert spoiled != sound
    file.write_bytes(spoiled)
    assert asked()
    assert file.read_bytes() == sound and not asked()


def test_result_under_the_name_of_another_is_not_believed(cache):
    (file,) = cache.iterdir()
    other = pd.DataFrame({"series": ["в"], "mean": [7.5]})
    asked(other, "other")
    (second,) = (one for one in cache.iterdir() if one != file)
    file.write_bytes(second.read_bytes())
    assert asked() and not asked(other, "other")


@pytest.mark.parametrize(
    "way", ["folder", "pipe", "circle", "link to nothing", "no rights", "no folder", "file for a folder"]
)
def test_place_that_cannot_be_read_costs_time_and_nothing_else(cache, way, monkeypatch):
    (file,) = cache.iterdir()
    if way == "no rights":
        monkeypatch.setattr(
            "pathlib.Path.read_bytes",
            lambda _: (_ for _ in ()).throw(PermissionError(errno.EACCES, "Permission denied")),
        )
    else:
        file.unlink()
    if way == "folder":
        (file / "x").mkdir(parents=True)
    if way == "pipe":
        os.mkfifo(file)
    if way == "circle":
        file.symlink_to(file)
    if way == "link to nothing":
        file.symlink_to(cache / "nothing")
    if way in ("no folder", "file for a folder"):
        cache.rmdir()
    if way == "file for a folder":
        cache.write_bytes(b"")
    assert asked()
    assert asked() is (way in ("folder", "no rights", "file for a folder"))
    assert not [one for one in paths.cache().glob("*") if one.suffix == ".part"]


def test_what_a_link_leads_to_is_left_alone(cache, tmp_path):
    (file,) = cache.iterdir()
    (tmp_path / "table.csv").write_bytes(b"precious")
    file.unlink()
    file.symlink_to(tmp_path / "table.csv")
    assert asked() and (tmp_path / "table.csv").read_bytes() == b"precious" and not asked()


def test_full_disk_costs_time_and_nothing_else(cache, monkeypatch):
    (file,) = cache.iterdir()
    file.unlink()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        assert asked() and list(cache.iterdir()) == []
    assert asked() and not asked()


def test_where_nothing_may_be_made_what_is_kept_is_given_and_the_rest_refused(cache):
    with kept_only():
        assert not asked()
        with pytest.raises(NotKeptError):
            cached("other", lambda: TABLE, "given")
    assert asked(TABLE, "other")
