"""Filters of long tables on finished pages: a script and its style beside the pages that have such a table."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"
FOLDER = "filters"
FILES = ("filters.js", "filters.css")
# A head of a column by whose values rows are chosen.
MARKED = re.compile(r'<th\b[^>]*\bclass="[^"]*\bfilter\b')


def add_filters(out: Path) -> list[Path]:
    """Let pages with a table that can be filtered load the filter; return these pages.

    Parameters
    ----------
    out
        Folder with the finished `.html` pages.
    """
    pages = [page for page in sorted(out.glob("*.html")) if MARKED.search(page.read_text(encoding="utf-8"))]
    if pages:
        (out / FOLDER).mkdir(exist_ok=True)
        for name in FILES:
            shutil.copyfile(ASSETS / name, out / FOLDER / name)
    for page in pages:
        page.write_text(injected(page.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return pages


def injected(page: str) -> str:
    """Return a page that loads the filter."""
    markup = f'<link rel="stylesheet" href="{FOLDER}/filters.css">\n<script src="{FOLDER}/filters.js" defer></script>\n'
    return page.replace("</head>", f"{markup}</head>", 1)
