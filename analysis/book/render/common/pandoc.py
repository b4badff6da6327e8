"""The pandoc program that ships inside `pypandoc_binary`, called directly."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from analysis.base import paths
from analysis.base.errors import RenderError, disk_failure
from analysis.base.files.stored import store, stored, used
from analysis.book.render.common.nodes import Node
from analysis.book.render.messages import PandocError, Remark, remarks

# What Quarto's own Markdown reader switches on, so that both renderers read the same.
MARKDOWN = "markdown+smart+lists_without_preceding_blankline-raw_tex"
# Where what pandoc wrote is kept, and how many results of it.
FOLDER, MOST = "pandoc", 400
_CHANGED = re.compile(r"[\t\r\ufeff]")
# One line a text; an empty one where there is something to say of it.
_TOGETHER = """
for _, text in ipairs(pandoc.json.decode(io.read("a"), false)) do
  local sound, remarks, tree = pcall(pandoc.log.silence, pandoc.read, text, FORMAT)
  local written = sound and #remarks == 0 and pandoc.write(tree, "json") or ""
  io.write((written:gsub("[\\r\\n]", "")), "\\n")
end
"""


@cache
def executable() -> str:
    """Return the path of the bundled pandoc; a system one would not be the same everywhere."""
    folder = Path(str(files("pypandoc"))) / "files"
    for name in ("pandoc", "pandoc.exe"):
        if (folder / name).is_file():
            return str(folder / name)
    raise RenderError(
        "Не найден pandoc внутри пакета pypandoc_binary: переустановите зависимости (make clean, затем make report)."
    )


def run(
    *args: str, text: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> tuple[str, list[Remark]]:
    """Run pandoc on a text.

    Parameters
    ----------
    args
        Arguments of the command.
    text
        What it reads.
    cwd
        The folder that names of files begin at.
    env
        Variables beside those of this process.

    Returns
    -------
    str, list of Remark
        What it writes, nothing where it gave up, and what it remarks.

    Raises
    ------
    OSError
        A disk refused; that is no fault of the text.
    """
    done = subprocess.run(
        [executable(), *args],
        input=text.encode("utf-8"),
        capture_output=True,
        cwd=cwd,
        env=os.environ | (env or {}),
        check=False,
    )
    message = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode and (refused := disk_failure(message)):
        raise refused
    failed = done.returncode != 0
    told = remarks(message or f"exit status {done.returncode}") if failed or "[WARNING]" in message else []
    return "" if failed else done.stdout.decode("utf-8").replace("\r\n", "\n"), told


def read_together(texts: Sequence[str], fmt: str) -> list[str]:
    """Return the document trees of texts as JSON, read by one process: to start pandoc takes longer than to read.

    Parameters
    ----------
    texts
        The texts.
    fmt
        The format as pandoc names it.

    Returns
    -------
    list of str
        As `run` writes them, in the order of the texts. Empty of a text that pandoc gives up or remarks something on,
        and of one with signs that it changes before it reads a file (tabs, ends of lines): it is to be read by itself.
    """
    plain = [number for number, text in enumerate(texts) if not _CHANGED.search(text)]
    code = _TOGETHER.replace("FORMAT", json.dumps(fmt))
    done = subprocess.run(
        [executable(), "lua", "-e", code],
        input=json.dumps([texts[number] for number in plain]).encode(),
        capture_output=True,
        check=False,
    )
    written = done.stdout.decode("utf-8").split("\n")[:-1]
    if done.returncode or len(written) != len(plain):
        return [""] * len(texts)
    found = dict(zip(plain, written, strict=True))
    return [found.get(number, "") for number in range(len(texts))]


def pandoc(*args: str, text: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run pandoc on a text and return what it writes.

    Parameters
    ----------
    args, text, cwd, env
        As for `run`.

    Returns
    -------
    str
        What it writes.

    Raises
    ------
    PandocError
        On any remark: the book would say something else than was meant.
    """
    written, told = run(*args, text=text, cwd=cwd, env=env)
    if told:
        raise PandocError(told)
    return written


def remembered(*args: str, text: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Return what `pandoc` returns, from an earlier time where it was given the same.

    The same are arguments, text, variables, pandoc itself and the content of every file that an argument names.

    Parameters
    ----------
    args, text, cwd, env
        As for `run`.

    Returns
    -------
    str
        What pandoc writes, or wrote.
    """
    named = [(cwd or Path()) / arg.rpartition("=")[2] for arg in args]
    digest = hashlib.sha256(_version().encode())
    digest.update(json.dumps([args, sorted((env or {}).items()), text]).encode())
    for file in named:
        if file.is_file():
            digest.update(file.read_bytes())
    place = paths.cache() / FOLDER / digest.hexdigest()
    if (known := stored(place)) is not None:
        used(place)
        return known.decode("utf-8")
    written = pandoc(*args, text=text, cwd=cwd, env=env)
    store(written.encode("utf-8"), place)
    return written


@cache
def _version() -> str:
    return version("pypandoc_binary")


def read(text: str, fmt: str = MARKDOWN) -> Node:
    """Return the document tree of a text."""
    return json.loads(remembered("-f", fmt, "-t", "json", text=text))


def document(blocks: list[Node], meta: dict[str, Node] | None = None) -> str:
    """Return blocks as the JSON that pandoc reads."""
    return json.dumps({"pandoc-api-version": [1, 23, 1], "meta": meta or {}, "blocks": blocks}, ensure_ascii=False)


def write(
    blocks: list[Node], fmt: str, *args: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> str:
    """Return blocks written in a format.

    Parameters
    ----------
    blocks
        The blocks.
    fmt
        The format as pandoc names it.
    args, cwd, env
        As for `run`.

    Returns
    -------
    str
        What pandoc writes.
    """
    return remembered("-f", "json", "-t", fmt, "--wrap=none", *args, text=document(blocks), cwd=cwd, env=env)
