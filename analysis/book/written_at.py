"""Where the cells of staged chapters were written: `places.json` of the stage.

The stage holds what a reader gets and nothing else, so that a chapter into which nothing was laid is the same to the
byte as one that never had a place for it. What only messages need stands beside it: for every chapter that was
composed, the places of its cells in order. Other chapters count their own cells.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.base.places import KEY, Place

FILE = "places.json"


def keep(stage: Path, chapter: str, notebook: Any) -> None:
    """Move the places of a chapter's cells from the notebook into the file.

    Parameters
    ----------
    stage
        Folder of the stage.
    chapter
        Name of its file.
    notebook
        The chapter, changed in place.
    """
    places = [cell["metadata"].pop(KEY, None) for cell in notebook["cells"]]
    counted = [asdict(Place(cell=number)) for number, _ in enumerate(places, start=1)]
    if any(places) and places != counted:
        kept = json.dumps(_kept(stage) | {chapter: places}, ensure_ascii=False)
        (stage / FILE).write_text(kept + "\n", encoding="utf-8", newline="\n")


def read(chapter: Path) -> Any:
    """Return a staged notebook as a tree, its cells with their places.

    Raises
    ------
    ValueError, KeyError, TypeError
        The file holds no notebook.
    """
    tree = json.loads(chapter.read_text(encoding="utf-8"))
    places = [
        place for stage in (chapter.parent, chapter.parent.parent) for place in _kept(stage).get(chapter.name, [])
    ]
    for cell, place in zip(tree["cells"], places, strict=False):
        if place:
            cell["metadata"][KEY] = place
    return tree


def _kept(stage: Path) -> dict[str, Any]:
    file = stage / FILE
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
