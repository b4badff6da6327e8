"""Where things live. The only module that knows the folders of the project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from analysis.base import build_env

MARKER = "_quarto.yml"
LOCK = "requirements.lock"  # what the report is built with, by version and hash
# Folders of the project that hold what it is made of or what it makes: nothing else is written there.
OWN_FOLDERS = ("data", "chapters", "analysis", "bench", "lab", "tests", "tools", "docs", "figures", "build", "_book")
PUBLISHED = "data"  # folder of the tables beside the pages of a book
# Folders of the data folder, one a layer: what the federal template gives to all, what is a region's, a region's year.
FEDERAL, REGIONS, EDITIONS = "federal", "regions", "editions"


# Folders found to be projects, by where they were looked for from: asked for with every number.
_ROOTS: dict[tuple[str, str], Path] = {}
# The folders whose data this process looks at in place of its own, the innermost last.
_ELSEWHERE: list[Path] = []


@contextmanager
def elsewhere(root: Path) -> Iterator[None]:
    """Take another folder for the project within the block: its data as they were, laid out in a folder of scratch."""
    _ELSEWHERE.append(root)
    try:
        yield
    finally:
        _ELSEWHERE.pop()


def project_root() -> Path:
    """Return the project folder.

    `REPORT_ROOT` wins; otherwise the nearest folder at or above the current one
    that holds `_quarto.yml` (so that a notebook opened in `chapters/` finds its
    own project); otherwise the folder the package was installed from.
    """
    if _ELSEWHERE:
        return _ELSEWHERE[-1]
    named = build_env.root()
    # A folder named in full is found from anywhere, even where the current one is gone.
    here = "" if os.path.isabs(named) else os.getcwd()  # noqa: PTH109, PTH117 - asked with every number
    asked_from = named, here
    if asked_from not in _ROOTS:
        root = Path(named).resolve() if named else _around(Path(here).resolve())
        if root is None:
            return installed_root()
        _ROOTS[asked_from] = root
    return _ROOTS[asked_from]


def _around(here: Path) -> Path | None:
    """Return the nearest folder at or above that is a project."""
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file() and (folder / "chapters").is_dir():
            return folder
    return None


def installed_root() -> Path:
    """Return the folder the package was installed from."""
    return Path(__file__).resolve().parent.parent.parent


def chapters() -> Path:
    """Return the folder of the chapters."""
    return project_root() / "chapters"


def data() -> Path:
    """Return the folder of the data."""
    return project_root() / "data"


def editions() -> Path:
    """Return the folder of the editions."""
    return data() / EDITIONS


def edition(edition_id: str) -> Path:
    """Return the folder of the data of one edition."""
    return editions() / edition_id


def prose(edition_id: str) -> Path:
    """Return the folder of the texts that one edition lays into the chapters."""
    return edition(edition_id) / "prose"


def region(territory: str) -> Path:
    """Return the folder of what belongs to a region whatever the year."""
    return data() / REGIONS / territory


def geo() -> Path:
    """Return the folder of the outlines of maps."""
    return data() / "geo"


def bibliography() -> Path:
    """Return the file of the sources."""
    return data() / "sources.bib"


def vintages() -> Path:
    """Return the folder of the tables as they were before each acceptance."""
    return data() / "vintages"


def raw() -> Path:
    """Return the folder of the publishers' files that were kept."""
    return data() / "raw"


def acceptance() -> Path:
    """Return the folder in which an acceptance is made ready; there only while one runs or after one was cut off."""
    return data() / ".accept"


def data_lock() -> Path:
    """Return the file that is locked while the data are replaced."""
    return project_root() / "build" / "data.lock"


def figures(edition_id: str) -> Path:
    """Return the folder of an edition's figures."""
    return project_root() / "figures" / edition_id


def build(edition_id: str) -> Path:
    """Return the folder in which an edition is made."""
    return project_root() / "build" / edition_id


def cache() -> Path:
    """Return the folder of results that are kept until their data change."""
    return project_root() / "build" / "cache"


def book(edition_id: str) -> Path:
    """Return the folder of the finished book."""
    return project_root() / "_book" / edition_id


def swap_marker(edition_id: str) -> Path:
    """Return the file that stands while a finished book and its figures are put in place of the old ones."""
    return build(edition_id) / "swap"


def beside(folder: Path) -> tuple[Path, Path]:
    """Return where the folder that is to replace another is made ready, and where the other one waits to be removed."""
    return folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")


def cut_off() -> list[str]:
    """Return the editions whose book or figures are being put in place just now, or were when a build was killed."""
    root = project_root()
    aside = [path for kind in ("_book", "figures") for end in ("new", "old") for path in root.glob(f"{kind}/.*.{end}")]
    return sorted({path.parent.name for path in root.glob("build/*/swap")} | {path.name[1:-4] for path in aside})


def row_link(table: str, row: int) -> str:
    """Return the address of one row of a table, relative to the folder of the book.

    Parameters
    ----------
    table : str
        Its file in the project, as an observation names it (`data/statistics/grp.csv`).
    row : int
        Its row as a spreadsheet counts it, 2 being the first below the head.

    Returns
    -------
    str
        `data/grp.html#r12`; opened from disk, the page shows that row highlighted.
    """
    return f"{PUBLISHED}/{quote(published_name(table))}.html#r{row}"


def published_name(table: str) -> str:
    """Return the name of a table's files beside the book.

    Code lists and the tables of a layer are told from others of the same name.
    """
    path = PurePosixPath(table)
    apart = path.parent.name in ("codes", FEDERAL) or path.parent.parent.name == REGIONS
    return f"{path.parent.name}-{path.stem}" if apart else path.stem
