"""Install packages into the environment of this interpreter: by uv where it can be had, else by pip.

    .venv/bin/python tools/install.py --require-hashes -r requirements.lock

takes the arguments that `uv pip install` and `pip install` have in common. uv needs a tenth of the time; it is told to
look where pip would, and whatever keeps it from its work is left to pip, which says what is wrong. With `--optional`
the exit status alone tells a failure, and the environment counts as whole as it was before.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
# What pip is told and what uv calls the same; `cert` is read by all that speaks TLS.
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
}
# No interpreter but the one that asks; with hashes given, any of the indexes may serve a file, as with pip.
OURS = {
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_INDEX_STRATEGY": "unsafe-best-match",
    "UV_SYSTEM_CERTS": "true",
    "UV_NATIVE_TLS": "true",  # as it was called before
}


def main(arguments: Sequence[str]) -> int:
    """Install, and return the exit status of what did it."""
    optional = "--optional" in arguments
    arguments = [argument for argument in arguments if argument != "--optional"]
    # A killed uv may leave half a package that looks whole: after such an end all of them are laid down anew.
    begun = Path(sys.prefix) / ".installing"
    again = begun.exists()
    if again:  # should that be cut off too, none of the stamps of make may say that all is there
        for stamp in begun.parent.glob(".installed*"):
            stamp.unlink()
    begun.touch()
    if by_uv(["--reinstall", *arguments] if again else arguments):
        status = 0
    else:
        status = by_pip(["--force-reinstall", *arguments] if again else arguments, quiet=optional)
    # Both undo what they could not finish, so that what is wanted by no other target leaves nothing to be mended.
    if not status or (optional and not again):
        begun.unlink()
    return status


def by_uv(arguments: Sequence[str]) -> bool:
    """Install by uv and tell whether that went well."""
    uv = shutil.which("uv") or own_uv()
    return bool(uv) and silently(
        uv, "pip", "install", "--python", sys.executable, *arguments, env=environment(os.environ)
    )


def by_pip(arguments: Sequence[str], *, quiet: bool = False) -> int:
    """Install by pip, which speaks for itself unless it is to be quiet, and return its exit status."""
    command = [*PIP, "install", "--quiet", *arguments]
    return subprocess.run(command, stderr=subprocess.DEVNULL if quiet else None, check=False).returncode


def own_uv() -> str:
    """Return the uv of this environment, installed first where it is not there; empty where it is not to be had."""
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        wanted = Path(sys.prefix) / "uv.lock"
        wanted.write_text(locked("uv", (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")), encoding="utf-8")
        silently(*PIP, "install", "--no-deps", "--require-hashes", "-r", wanted)
    return str(uv) if uv.exists() else ""


def locked(name: str, lock: str) -> str:
    """Return the lines of a lock about one package: its version and hashes."""
    lines = lock.splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next((number for number in range(start + 1, len(lines)) if lines[number][:1] != " "), len(lines))
    return "".join(lines[start:end])


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of uv: what the user has set for it, else what pip is told by its files and variables."""
    command = [*PIP, "config", "list"]
    listed = subprocess.run(command, env=given, capture_output=True, encoding="utf-8", check=False).stdout
    return {**translated(listed), **given, **OURS}


def silently(*command: str | Path, env: Mapping[str, str] | None = None) -> bool:
    """Run a command whose failure is no concern of the user's, and tell whether it went well."""
    return subprocess.run(command, env=env, capture_output=True, check=False).returncode == 0


def translated(listed: str) -> dict[str, str]:
    """Return what `pip config list` prints as settings of uv."""
    pairs = [line.split("=", 1) for line in listed.splitlines() if "=" in line]
    settings: dict[str, str] = {}
    # A section for `install` is nearer than that for all commands, a variable nearer than both.
    for section in ("global", "install", ":env:"):
        for key, value in pairs:
            name = SETTINGS.get(key.removeprefix(f"{section}.").lower())
            if name and key.startswith(f"{section}."):
                between = "," if name == "UV_FIND_LINKS" else " "
                settings[name] = between.join(ast.literal_eval(value).split())
    return settings


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
