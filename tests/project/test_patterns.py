"""What no tracked file may hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

# Written in pieces, so that this file does not hold what it forbids.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry" + ".npmjs", "deb" + ".debian.org", "conda" + ".anaconda"]
FOLDERS = ["work", "root", "home", "opt", "Users"]
FORBIDDEN = {
    "package index": "|".join(re.escape(host) for host in HOSTS),
    "path of one machine": r"(?<![\w.~}>*-])/(?:" + "|".join(FOLDERS) + r")/\w|\b[A-Z]:\\\\?Users",
    "temporary folder by name": r"(?<![\w.])/" + "tmp/[a-z]",
    "conflict marker": "^" + "<" * 7 + " |^" + ">" * 7 + " ",
    "page element loaded from the network": r"<(?:script|link|img)\b[^>]+(?:src|href)=[\"']?" + "https?:",
}
BINARY = {".docx", ".png", ".ttf", ".woff2", ".zip", ".xlsx"}


@pytest.fixture(scope="module")
def texts(tracked: list[Path]) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in tracked if path.suffix not in BINARY}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_tracked_file_holds(name, texts, root):
    pattern = re.compile(FORBIDDEN[name], re.MULTILINE)
    found = [
        f"{path.relative_to(root)}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}"
        for path, text in texts.items()
        # A test of such pages has to hold one; in a citation style a link says where the style comes from.
        if not (name.startswith("page element") and (path.is_relative_to(root / "tests") or path.suffix == ".csl"))
        for hit in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("package index", "see https://" + HOSTS[0] + "/simple"),
        ("path of one machine", 'open("/' + 'home/anna/data.csv")'),
        ("temporary folder by name", "/" + "tmp/report"),
        ("page element loaded from the network", '<script src="' + 'https://cdn.example/x.js">'),
    ],
)
def test_the_patterns_catch_what_they_are_for(name, bad):
    assert re.search(FORBIDDEN[name], bad)


def test_generated_things_are_not_tracked(tracked, root):
    generated = ("build/", "_book/", ".venv/")
    names = [path.relative_to(root).as_posix() for path in tracked]
    assert [name for name in names if name.startswith(generated)] == []
    assert [name for name in names if name.startswith("figures/")] == ["figures/README.md"]


def test_text_files_end_lines_alike(texts, root):
    assert [str(path.relative_to(root)) for path, text in texts.items() if "\r" in text] == []
