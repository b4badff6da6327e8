"""Start JupyterLab at the desk of this project: `python -m lab`, in its folder.

All that is peculiar to it lies in this folder and is named to JupyterLab when it starts: nothing is written into the
environment or the home of the user. Git is told to show notebooks by cells (`tools/differences.py`). No outside
address is opened: news, update checks and the catalogue of extensions are off.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import differences

FOLDER = Path(__file__).resolve().parent
OFF = [
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]


def options() -> list[str]:
    """Return what JupyterLab is told on its command line."""
    return [
        f"--ServerApp.root_dir={FOLDER.parent}",
        f"--LabApp.extra_labextensions_path={FOLDER / 'labextensions'}",
        "--ContentsManager.pre_save_hook=lab.saving.stripped",
        *OFF,
    ]


def main(arguments: Sequence[str]) -> None:
    """Run JupyterLab until it is told to end."""
    try:
        from jupyterlab.labapp import LabApp  # noqa: PLC0415 - said in Russian where it is not there
    except ModuleNotFoundError:
        sys.exit("JupyterLab не установлен. Установите его: make lab (в Windows – обновите окружение conda).")
    known = os.environ.get("JUPYTER_CONFIG_PATH", "")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([str(FOLDER / "config"), *filter(None, [known])])
    differences.switch_on()
    LabApp.launch_instance([*options(), *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
