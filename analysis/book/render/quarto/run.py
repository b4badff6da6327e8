"""Calling Quarto, and refusing what it lets pass with a mere warning."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.base.errors import RenderError, disk_failure
from analysis.book.render.cards import add_cards
from analysis.book.render.common.dates import book_time
from analysis.book.render.common.fonts import copy_web_fonts
from analysis.book.render.filters import add_filters
from analysis.book.render.messages import remarks
from analysis.book.render.quarto.pages import finish
from analysis.book.render.quarto.prepare import prepare
from analysis.book.render.quarto.word import finish_word
from analysis.book.render.search import add_search

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

OLDEST = (1, 9)
# The newest that this project was rendered with.
TRIED = (1, 10)
FONTS = "fonts"
NAMES = {"html": "html", "pdf": "typst", "docx": "docx"}
MAKES = tuple(NAMES)
# Typst looks for a sign that PT lacks in all fonts it knows. A machine's own ones would make every machine print
# otherwise, and one that claims signs it cannot draw, as OpenSymbol does, would end the build.
ALONE = {"TYPST_IGNORE_SYSTEM_FONTS": "true"}
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# Quarto ends with status 0 on such lines, and of most of them the book would say something wrong.
# Typst's stand at the margin; what is deeper may be a setting that Quarto lists.
TOLD = re.compile(r"\s*(?:\[?(?:WARN(?:ING)?|ERROR)\b[\]: (]|\([WE]\) )|(?i:warning|error): ")
# The same in the midst of a line.
FATAL = re.compile(
    r"Unable to resolve crossref|citation \S+ not found|Could not fetch resource|Unable to resolve link target"
    r"|closing implicitly|unknown font family",
    re.IGNORECASE,
)
# Warnings that change nothing in this book.
HARMLESS = (
    # CSS that Typst has not: on paper tables take their look from the template of the book.
    re.compile(r"\(W\) \(\s*\d+ times\)"),
    # Quarto could not tell which Typst packages are needed and lays them all beside the source.
    re.compile(r"typst-gather analyze failed; staging all packages as fallback"),
    # Typst itself writes no PDF that breaks the standard; veraPDF, which would check it, does not come with Quarto.
    re.compile(r"PDF standard validation requested but verapdf is not installed"),
    # Colons of a text; a div that is not closed stops the build before anything runs (`analysis.book.lint`).
    re.compile(r"The following string was found in the document: \S*:::"),
)
# A warning of Quarto's filters tells its own place on one line and what it is about on the next.
PLACE = re.compile(r"\s*WARNING \([^()]*\.lua:\d+\)$")
# How Quarto writes the mark of a lost reference for Typst: bold.
LOST = re.compile(r"#strong\[\?\\@([^\[\]\s]+)\]")


def executable() -> str:
    """Return the path of Quarto; raise when there is none, or one too old."""
    path = shutil.which("quarto")
    if path is None:
        raise RenderError("Quarto не найден: установите Quarto 1.9 или новее либо соберите отчёт с --renderer builtin.")
    version = installed_version(path)
    if numbers(version) < OLDEST:
        raise RenderError(
            f"Нужен Quarto 1.9 или новее, а найден «{version or 'без номера версии'}» ({path}): "
            "обновите его либо соберите отчёт с --renderer builtin."
        )
    return path


def passed_over() -> str:
    """Return why the Quarto on PATH is too old to be used; empty where it is not, or there is none."""
    path = shutil.which("quarto")
    version = installed_version(path) if path else ""
    if path is None or numbers(version) >= OLDEST:
        return ""
    return f"Quarto {version or 'без номера версии'} ({path}) не взят: нужен 1.9 или новее"


def installed_version(path: str) -> str:
    """Return what Quarto says of its version."""
    return subprocess.run(
        [path, "--version"], capture_output=True, text=True, encoding="utf-8", check=False
    ).stdout.strip()


def numbers(version: str) -> tuple[int, ...]:
    """Return the first two numbers of a version."""
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def render(
    stage: Path, out: Path, formats: tuple[str, ...], config: BookConfig, log: Callable[[str], None]
) -> dict[str, Path]:
    """Render the staged book with Quarto.

    Parameters
    ----------
    stage
        The executed book; it is only read.
    out
        Where the results go.
    formats
        Any of html, pdf, docx.
    config
        The staged configuration, for the order of the pages.
    log
        Gets one line per step.

    Returns
    -------
    dict
        Format to the file that a reader opens.
    """
    quarto = executable()
    scratch = stage.parent / "quarto"
    prepare(stage, scratch, config, formats)
    # Quarto takes one format or all; of all, those not asked for stay in the scratch folder.
    asked = ["--to", NAMES[formats[0]]] if len(formats) == 1 else []
    env = ALONE | {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": str(book_time(config.date))}
    check(run([quarto, "render", "--profile", "report", *asked], scratch, env, log))
    refuse_marks(scratch / "index.typ")
    return collect(scratch, out, formats, config)


def run(command: list[str], scratch: Path, env: dict[str, str], log: Callable[[str], None]) -> list[str]:
    """Run Quarto, tell of its progress, and return what it printed.

    Parameters
    ----------
    command
        The command with its arguments.
    scratch
        The folder it works in; gets its log.
    env
        Variables beside those of this process.
    log
        Gets a line for each file that is rendered.

    Returns
    -------
    list of str
        What it printed, line by line.

    Raises
    ------
    RenderError, OSError
        It ended with another status than 0; a disk refused.
    """
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=scratch,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for printed in process.stdout or ():
            line = COLOUR.sub("", printed).rstrip()
            lines.append(line)
            if re.match(r"\[\s*\d+/\d+\]", line):
                log(f"Quarto: {line}")
    (scratch / "quarto.log").write_text("\n".join(lines), encoding="utf-8")
    if process.returncode:
        if refused := disk_failure("\n".join(lines)):
            raise refused
        said = [line for line in lines if line.lower().startswith("error")] or lines[-3:]
        raise RenderError(
            f"Quarto остановился с кодом {process.returncode}: {' '.join(said[:3])} Полный вывод:"
            f" {scratch / 'quarto.log'}"
        )
    return lines


def check(lines: list[str]) -> None:
    """Raise on the first warning or error that is not known to be harmless: the book may say something wrong."""
    for line in whole(lines):
        if FATAL.search(line) or (TOLD.match(line) and not any(known.search(line) for known in HARMLESS)):
            raise RenderError(
                f"Quarto предупредил, и книга могла бы выйти с ошибкой: {remarks(line)[0]} Исправьте названное место "
                "или соберите доклад встроенным рендерером: --renderer builtin."
            )


def whole(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that are not empty, the place and the words of a warning as one."""
    place = ""
    for line in filter(str.strip, lines):
        if PLACE.match(line):
            place = f"{line} "
        else:
            yield place + line
            place = ""


def refuse_marks(source: Path) -> None:
    """Raise where Quarto wrote the mark of a lost reference into the one document that print formats are made of."""
    if source.is_file() and (mark := LOST.search(source.read_text(encoding="utf-8"))):
        label = re.sub(r"\\(.)", r"\1", mark[1])
        raise RenderError(f"Ссылка «@{label}» никуда не ведёт: такой метки в книге нет.")


def collect(scratch: Path, out: Path, formats: tuple[str, ...], config: BookConfig) -> dict[str, Path]:
    """Finish the results and move them to where the build expects them.

    Parameters
    ----------
    scratch
        The folder that Quarto worked in.
    out
        Where the results go.
    formats
        What was made.
    config
        The book as `_quarto.yml` describes it.

    Returns
    -------
    dict
        Format to the file that a reader opens.
    """
    made: dict[str, Path] = {}
    book = scratch / "_book"
    for name in ("pdf", "docx"):
        if name in formats:
            made[name] = moved(book / f"report.{name}", out)
    if "docx" in formats:
        finish_word(made["docx"], config)
    if "html" in formats:
        (book / FONTS).mkdir()
        copy_web_fonts(book / FONTS)
        finish(book, list(page_names(config)), FONTS)
        (book / "search.json").unlink(missing_ok=True)  # Quarto's own index, which pages opened from disk cannot fetch
        for path in sorted(book.iterdir()):
            moved(path, out)
        add_cards(out, scratch, config)
        add_search(out, inject=True)
        add_filters(out)
        made["html"] = out / "index.html"
    return made


def page_names(config: BookConfig) -> Iterator[str]:
    """Yield the file names of the pages in the order of the book."""
    for entry in config.entries:
        if entry.file:
            yield f"{entry.stem}.html"


def moved(source: Path, out: Path) -> Path:
    """Move a file of Quarto's to where the build expects it, and return its path there."""
    if not source.exists():
        raise RenderError(f"Quarto не записал файл {source.name}, хотя завершился без ошибки.")
    return Path(shutil.move(source, out / source.name))


def tools() -> dict[str, str]:
    """Return what this renderer works with, name to version."""
    return {"quarto": installed_version(executable())}


def remark() -> str:
    """Return what is to be said of the version, empty if it is one that this project was rendered with."""
    newest = ".".join(map(str, TRIED))
    return f"новее проверенного {newest}: просмотрите готовый доклад" if numbers(tools()["quarto"]) > TRIED else ""
