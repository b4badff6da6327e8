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
    if not strip(notebook):
        return False
    # As JupyterLab writes it: the difference holds nothing but the outputs.
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def strip(notebook: dict[str, Any]) -> bool:
    """Strip a notebook as it was read and tell whether it changed."""
    language = notebook["metadata"].get("language_info", {})
    # JupyterLab adds what the kernel of this machine says of itself.
    told = [key for key in language if key != "name"]
    for key in told:
        del language[key]
    return any([strip_cell(cell) for cell in notebook["cells"]]) or bool(told)  # noqa: C419 - every cell


def strip_cell(cell: dict[str, Any]) -> bool:
    """Empty the output of a code cell unless it is checked, level its count of runs, and tell whether it changed."""
    if cell["cell_type"] != "code":
        return False
    checked = CHECKED in cell["metadata"].get("tags", [])
    outputs = cell["outputs"] if checked else []
    # Which run it was is of no account; nbval refuses an output that none has made.
    count = 1 if outputs else None
    had = (cell["outputs"], cell["execution_count"]) != (outputs, count)
    cell.update(outputs=outputs, execution_count=count)
    return had


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
