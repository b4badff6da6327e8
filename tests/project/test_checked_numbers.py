"""A key number that changes is noticed by the chapter's own check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_changed_datum_fails_the_check_of_the_chapter(project: Path):
    table = project / "data/statistics/gva_structure.csv"
    rows = table.read_text(encoding="utf-8")
    changed = rows.replace("gva_structure,kemerovo,B,2019,26.3,", "gva_structure,kemerovo,B,2019,26.4,")
    assert changed != rows
    table.write_text(changed, encoding="utf-8", newline="\n")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "--nbval-current-env", "chapters/30-conclusion.ipynb"],
        cwd=project,
        env=os.environ | {"REPORT_ROOT": str(project)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert done.returncode == 1, done.stdout
    assert "26,3" in done.stdout and "26,4" in done.stdout
    assert "1 failed" in done.stdout.splitlines()[-1]
