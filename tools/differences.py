"""Have Git show notebooks by cells (nbdime): `git diff`, and `git mergetool --tool=nbdimeweb` after a merge.

    python tools/differences.py        # on; `make lab` does it too
    python tools/differences.py --off  # off, until it is switched on by hand

Only `.git/config` of this project is changed; what is said there is used for the files that `.gitattributes` names.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = {
    # Git calls both in the uppermost folder of the project.
    "diff.jupyternotebook.command": "sh tools/nbdiff",
    "mergetool.nbdimeweb.cmd": 'sh tools/run git-nbmergetool merge "$BASE" "$LOCAL" "$REMOTE" "$MERGED"',
}
# Said where it was switched off, so that the next start of JupyterLab leaves it so.
OFF = "report.differences"


def main(arguments: Sequence[str]) -> int:
    """Switch on or off, and return the exit status."""
    if arguments not in ([], ["--off"]):
        print("Так: python tools/differences.py, чтобы включить, или с ключом --off, чтобы выключить.")
        return 2
    if arguments:
        switch_off()
        return 0
    git("--unset-all", OFF)
    return int(not switch_on())


def switch_on(root: Path = ROOT) -> bool:
    """Say it to Git unless it was switched off; tell whether Git knows it now."""
    if git("--get", OFF, root=root) == "off":
        return False
    # A list: each is said, whatever came of the one before.
    return all([git("--get", key, root=root) == value or said(key, value, root) for key, value in SETTINGS.items()])  # noqa: C419


def switch_off(root: Path = ROOT) -> None:
    """Take away what was said, and remember that it is not wanted."""
    for section in dict.fromkeys(key.rpartition(".")[0] for key in SETTINGS):
        git("--remove-section", section, root=root)
    said(OFF, "off", root)


def said(key: str, value: str, root: Path) -> bool:
    """Say one setting, and tell whether Git has taken it."""
    return git(key, value, root=root) is not None


def git(*asked: str, root: Path = ROOT) -> str | None:
    """Return what `git config` answers about the project; None where it has nothing, or there is no Git."""
    command = ["git", "config", "--local", *asked]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    except OSError:
        return None
    return None if done.returncode else done.stdout.rstrip("\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
