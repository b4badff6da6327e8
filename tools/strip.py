"""Take outputs out of notebooks, except those that `make test` holds the numbers of a chapter against.

    python tools/strip.py chapters/*.ipynb

Ends with status 1 where a file was changed, so that a hook stops and the change can be looked at.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CHECKED = "nbval-check-output"  # the tag of a cell whose output nbval checks


def main(names: Sequence[str]) -> int:
    """Strip notebooks where they lie, name those that changed, and return the exit status."""
    changed = [name for name in names if strip_file(Path(name))]
    for name in changed:
        print(f"{name}: вывод ячеек убран, добавьте файл в коммит ещё раз")
    return int(bool(changed))


def strip_file(path: Path) -> bool:
    """Strip one notebook and tell whether it changed; one that is as it should be keeps its bytes."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if not any([strip_cell(cell) for cell in notebook["cells"]]):  # noqa: C419 - every cell, not up to the first
        return False
    # As JupyterLab writes it: the difference holds nothing but the outputs.
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def strip_cell(cell: dict[str, Any]) -> bool:
    """Empty the output of a code cell that nobody checks and tell whether there was any."""
    if cell["cell_type"] != "code" or CHECKED in cell["metadata"].get("tags", []):
        return False
    had = bool(cell["outputs"] or cell["execution_count"])
    cell.update(outputs=[], execution_count=None)
    return had


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
