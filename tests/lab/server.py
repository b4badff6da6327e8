"""JupyterLab as `python -m lab` starts it, on a copy of the project, with a home of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import copy_project

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "desk"  # noqa: S105 - of a server that only this test reaches


def desk_project(target: Path) -> Path:
    """Copy the project with its desk."""
    copy_project(target)
    for name in ("lab", "tools"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def at_home(home: Path, project: Path) -> dict[str, str]:
    """Return an environment in which nothing of the user's own is read or written."""
    named = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
        "REPORT_ROOT": project,
    }
    return os.environ | {name: str(path) for name, path in named.items()}


@contextmanager
def started(project: Path, home: Path) -> Iterator[str]:
    """Run the server on a free port of this machine; yields its address, and ends it."""
    options = [
        "--no-browser",
        f"--port={free_port()}",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    log = home / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "lab", *options],
            cwd=project,
            env=at_home(home, project),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        # It says where it listens in a file; as long as it runs, it is worth waiting for.
        while not (told := list((home / "runtime").glob("jpserver-*.json"))):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        yield json.loads(told[0].read_text(encoding="utf-8"))["url"]
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """Return a port that nobody listens on now; should it be taken meanwhile, the server takes the next."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
