"""From chapters to a finished book: check, execute, stage, render, put in place."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from analysis.base import build_env, paths
from analysis.base.composing import laid_in
from analysis.base.errors import ParameterError, RenderError, ReportError, UsageError, did_you_mean, reason
from analysis.base.files.whole import probe
from analysis.base.gaps import Unsaid
from analysis.base.lock import locked
from analysis.book import authored, notebooks
from analysis.book.config import BookConfig, read_config
from analysis.book.diagnostics import MistakesError
from analysis.book.engine import CODE
from analysis.book.execute import Task
from analysis.book.gaps import Settled, announced, settle
from analysis.book.kept import EXHIBITS, FIGURES, MADE, Chapters, Kept
from analysis.book.kernel import environment
from analysis.book.mistakes import mended
from analysis.book.parameters import Parameter, assign, declared, defaults
from analysis.book.progress import Reporter
from analysis.book.provenance import Origin
from analysis.book.render.cells.chapter import check_source
from analysis.book.source import Source
from analysis.book.stage import plain_text, stage
from analysis.book.swap import recover, swap
from analysis.book.warm import warm

FORMATS = ("html", "pdf", "docx")
BRIEF = "brief"  # the first page alone; set by the built-in renderer, whoever renders the book
# The kinds of files of a figure, and the formats that show them.
_PICTURES = {"svg": {"html", "pdf", BRIEF}, "png": {"docx"}}
_NO_FORK = "Ядра глав запускаются каждое заново: эта система не создаёт копий процесса. Результат тот же."
WARMING = "Общее для глав, до их ядер"
RENDERERS = ("auto", "quarto", "builtin")
Render = Callable[[Path, Path, tuple[str, ...], BookConfig, Callable[[str], None]], dict[str, Path]]


def build(
    edition: str | None,
    source: Source,
    *,
    render: Render,
    formats: Iterable[str] = FORMATS,
    parameters: Iterable[str] = (),
    reporter: Reporter,
    passed_over: str = "",
    draft: bool = False,
) -> dict[str, Path]:
    """Build the book of one edition; on any failure the previous book stays as it was.

    Parameters
    ----------
    edition
        Its id; the one the chapters name themselves unless given.
    source
        Access to the data.
    render
        The renderer, see `renderer`.
    formats
        Some of `FORMATS`, and `BRIEF`; the finished book holds these and nothing older.
    parameters
        Texts `NAME=VALUE`.
    reporter
        Is told of the progress.
    passed_over
        Why another renderer was not taken, see `passed_over`.
    draft
        Whether what rests on missing data stays, marked.

    Returns
    -------
    dict
        The file a reader opens, by format.

    Raises
    ------
    MistakesError
        Everything that is wrong with the chapters: what the check has found, what failed, what they show.
    """
    formats = tuple(name for name in (*FORMATS, BRIEF) if name in set(formats))
    words = source.words(edition) if edition else {}
    config, declarations = _read(edition, source)
    edition = edition or _own_edition(declarations)
    prose = _prose(edition, source)
    values = assign(declarations, parameters, edition=edition)
    words = words or source.words(edition)
    work = paths.build(edition)
    targets = {paths.book(edition): work / "out", paths.figures(edition): work / "stage" / "figures"}
    _require_writable([work, *(target.parent for target in targets)])
    busy = f"Издание «{edition}» уже собирается в другом окне. Дождитесь конца той сборки или остановите её."
    with locked(work / "lock", busy):
        recover(targets, paths.swap_marker(edition))
        _empty(work)
        reporter.note(described(render, passed_over))
        kept = Kept(edition, _kinds(formats))
        chapters = Chapters(kept, _tasks(config, values, prose, work), work)
        env = environment(work / "kernel", **_told(work, kept.kinds))
        ahead = source.ahead(edition) if chapters.left else None
        # It gets warm while the data are checked.
        with warm(ahead, env=env, folder=paths.chapters(), log=work / "log" / "warm.log") as parent:
            if chapters.left and parent is None:
                reporter.note(_NO_FORK)
            with reporter.work("Проверка данных"):
                if mistakes := list(source.check(edition)):
                    reporter.note(f"Ошибок в главах: {len(mistakes)}. Главы выполняются, чтобы назвать сразу все.")
            pictures = {} if mistakes else _pictures(config, prose)
            run = partial(chapters.executed, env=env, logs=work / "log", reporter=reporter, parent=parent)
            known, unsaid = (source.listed(edition), source.names(edition)), partial(source.unsaid, edition)
            settled = mended(config, mistakes, lambda: _settled(config, run(), draft, unsaid()), prose, *known)
        if parent:
            reporter.meter.add(WARMING, parent.used - reporter.meter.elsewhere)
        executed, config = settled.executed, read_config(paths.project_root(), settled.gone)
        for file, notebook in executed.items():
            used = {*notebook.metadata["reads"], *pictures.get(file, []), *laid_in(notebook)}
            notebook.metadata["reads"] = sorted(used)
            notebook.metadata.pop(CODE, None)
        origin = Origin(
            edition,
            config,
            executed,
            {file: defaults(declarations[file]) | values[file] for file in executed},
            work / "exhibits",
            tools(render),
            [name for file, names in pictures.items() if file not in settled.gone for name in names],
            settled.printed,
        )
        staged = stage(
            origin.chapters,
            paths.project_root(),
            work / "stage",
            words=words,
            formats=formats,
            figures=work / "figures",
            passages=origin.passages | dict(settled.passages),
            texts=settled.texts,
        )
        made = _rendered(render, work, staged, formats, origin, partial(source.publish, edition), reporter)
        swap(targets, paths.swap_marker(edition))
    if line := announced(settled.left, _listed(settled, staged), draft):
        reporter.note(line)
    return {name: paths.book(edition) / made[name].relative_to(work / "out") for name in formats if name in made}


def _read(edition: str | None, source: Source) -> tuple[BookConfig, dict[str, dict[str, Parameter]]]:
    """Return the book and what its chapters declare.

    Raises
    ------
    MistakesError
        It cannot be read: with that everything else that is wrong with the chapters.
    """
    try:
        config = read_config(paths.project_root())
        files = [entry.file for entry in config.notebooks]
        return config, {file: declared(notebooks.read(paths.project_root() / file), file) for file in files}
    except ReportError:
        if mistakes := list(source.check(edition or _named())):
            raise MistakesError(mistakes) from None
        raise


def _prose(edition: str, source: Source) -> Path:
    """Return the folder of the fragments of an edition, each of which has its place in the chapters.

    Raises
    ------
    MistakesError
        One has none: with that everything else that is wrong with the chapters.
    """
    prose = paths.prose(edition)
    try:
        notebooks.require_sound_prose(paths.project_root(), prose)
    except UsageError:
        if mistakes := list(source.check(edition)):
            raise MistakesError(mistakes) from None
        raise
    return prose


def _named() -> str | None:
    """Return the edition that those chapters name which can be read; None where they name several, or none."""
    declarations = {}
    for file in notebooks.text_files(paths.project_root()):
        with suppress(ReportError):
            declarations[file] = declared(notebooks.read(paths.project_root() / file), file)
    with suppress(ParameterError):
        return _own_edition(declarations)
    return None


def _pictures(config: BookConfig, prose: Path) -> dict[str, list[str]]:
    """Return the files of the pictures of each chapter; what no renderer would honour is told before the long work."""
    for entry in config.notebooks:
        check_source(notebooks.read(paths.project_root() / entry.file, prose), Path(entry.file).name)
    return authored.sources(paths.project_root(), [entry.file for entry in config.entries], prose)


def _rendered(
    render: Render,
    work: Path,
    staged: BookConfig,
    formats: tuple[str, ...],
    origin: Origin,
    publish: Callable[[Path], object],
    reporter: Reporter,
) -> dict[str, Path]:
    """Render what is staged, and lay beside it the data, those of exhibits and the record of the build."""
    out = work / "out"
    with reporter.work(f"Оформление: {', '.join(name.upper() for name in formats)}") as tell:
        # Quarto makes books alone: what it does not know our own renderer makes of the same stage.
        makes = getattr(sys.modules[render.__module__], "MAKES", formats)
        made: dict[str, Path] = {}
        for maker, handed in ((render, makes), (_builtin(), set(formats) - set(makes))):
            if asked := tuple(name for name in formats if name in handed):
                made |= maker(work / "stage", out, asked, staged, tell)
        if "html" in formats:
            tell("данные")
            publish(out / "data")
            origin.lay(out)
        origin.record(out)
    return made


def _builtin() -> Render:
    return importlib.import_module("analysis.book.render.builtin").render


def renderer(name: str) -> Render:
    """Return the renderer of a name; `auto` prefers Quarto where a recent enough one stands on PATH.

    Raises
    ------
    RenderError
        Quarto was asked for by name and is not there, or too old.
    """
    if name not in RENDERERS:
        raise UsageError(f"Нет рендерера «{name}».{did_you_mean(name, RENDERERS)}")
    if name != "builtin":
        quarto = importlib.import_module("analysis.book.render.quarto.run")
        try:
            quarto.executable()
        except RenderError:
            if name == "quarto":
                raise
        else:
            return quarto.render
    return _builtin()


def passed_over(name: str) -> str:
    """Return why `auto` does not take a Quarto that stands on PATH; empty where it does or there is none."""
    return importlib.import_module("analysis.book.render.quarto.run").passed_over() if name == "auto" else ""


def tools(render: Render) -> dict[str, str]:
    """Return what a renderer works with, name to version; a renderer that tells nothing has nothing."""
    return getattr(sys.modules[render.__module__], "tools", dict)()


def described(render: Render, passed_over: str = "") -> str:
    """Return one line that says which renderer will work, in which version, and why another one will not."""
    versions = tools(render)
    remark = getattr(sys.modules[render.__module__], "remark", str)() or passed_over
    if "quarto" in versions:
        named = f"Quarto {versions['quarto']}"
    else:
        listed = ", ".join(f"{tool.replace('typst', 'Typst')} {version}" for tool, version in versions.items())
        named = "встроенный" + (f" ({listed})" if listed else "")
    return f"Оформляет: {named}" + (f" – {remark}" if remark else "")


def edition_of_chapters() -> str:
    """Return the edition that the chapters name themselves.

    Raises
    ------
    ParameterError
        They name several, or none.
    """
    entries = read_config(paths.project_root()).notebooks
    return _own_edition(
        {entry.file: declared(notebooks.read(paths.project_root() / entry.file), entry.file) for entry in entries}
    )


def _own_edition(declarations: Mapping[str, Mapping]) -> str:
    named = {parameters["edition"].default for parameters in declarations.values() if "edition" in parameters} - {None}
    if len(named) != 1:
        raise ParameterError("Главы называют разные издания или ни одного. Назовите издание: report build ИЗДАНИЕ.")
    return named.pop()


def _empty(work: Path) -> None:
    """Clear the folders of a build of what an earlier one left."""
    for name in ("stage", FIGURES, EXHIBITS, MADE, "out", "log"):
        if (work / name).exists():
            shutil.rmtree(work / name)
        (work / name).mkdir()


def _kinds(formats: Collection[str]) -> list[str]:
    """Return as what figures are wanted for formats."""
    return [kind for kind, users in _PICTURES.items() if not users.isdisjoint(formats)]


def _told(folder: Path, kinds: Iterable[str]) -> dict[str, str]:
    """Return what a kernel is told that writes its figures and exhibits into a folder."""
    return build_env.variables(paths.project_root(), folder / FIGURES, folder / EXHIBITS, kinds)


def _tasks(config: BookConfig, values: Mapping[str, Mapping], prose: Path, work: Path) -> dict[str, Task]:
    """Return the chapters to execute, each with its values and a folder of its own for what it writes."""
    return {
        entry.file: Task(
            paths.project_root() / entry.file,
            entry.prefix + entry.title,
            values[entry.file],
            prose,
            work / MADE / Path(entry.file).stem,
        )
        for entry in config.notebooks
    }


def _settled(
    config: BookConfig, executed: Mapping[str, NotebookNode], draft: bool, unsaid: Iterable[Unsaid]
) -> Settled:
    plain = [entry.file for entry in config.entries if entry.file not in executed]
    texts = {file: plain_text(paths.project_root() / file) for file in plain}
    appendices = frozenset(entry.file for entry in config.entries if entry.appendix)
    return settle(executed, draft, texts, appendices, unsaid)


def _listed(settled: Settled, staged: BookConfig) -> str:
    """Return where the book lists what it left out, in words; empty where it has no place for that."""
    file, title = settled.place
    entry = next((entry for entry in staged.entries if entry.file == file), None)
    if entry is None:
        return ""
    called = f"приложение {entry.number}" if entry.appendix else f"глава «{entry.title}»"
    return f"{called}, «{title}»"


def _require_writable(folders: Iterable[Path]) -> None:
    """Find out before the long work whether its result can be saved."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe(folder)
        except OSError as error:
            raise UsageError(
                f"Нельзя записать в папку {folder} ({reason(error)}). Разрешите запись или освободите это имя."
            ) from error
