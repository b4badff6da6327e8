"""From chapters to a finished book: check, execute, stage, render, put in place."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from analysis.base import paths
from analysis.base.build_env import EXHIBITS, FIGURES
from analysis.base.composing import laid_in
from analysis.base.errors import ParameterError, ReportError, UsageError, reason
from analysis.base.files.whole import probe
from analysis.base.gaps import Unsaid
from analysis.base.lock import locked
from analysis.book import authored, notebooks
from analysis.book.chapters import BRIEF, FORMATS, MADE, kinds, own_edition, tasks, told
from analysis.book.config import BookConfig, read_config
from analysis.book.diagnostics import MistakesError
from analysis.book.engine import CODE
from analysis.book.gaps import Settled, announced, settle
from analysis.book.kept import Chapters, Kept
from analysis.book.kernel import environment
from analysis.book.mistakes import mended
from analysis.book.parameters import Parameter, assign, declared, defaults
from analysis.book.progress import Reporter
from analysis.book.provenance import Origin
from analysis.book.render.cells.chapter import check_source
from analysis.book.renderers import Render, builtin, described, tools
from analysis.book.source import Source
from analysis.book.stage import plain_text, stage
from analysis.book.swap import recover, swap
from analysis.book.warm import warm

_NO_FORK = "Ядра глав запускаются каждое заново: эта система не создаёт копий процесса. Результат тот же."
WARMING = "Общее для глав, до их ядер"


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
    edition = edition or own_edition(declarations)
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
        kept = Kept(edition, kinds(formats))
        chapters = Chapters(kept, tasks(config, values, prose, work), work)
        env = environment(work / "kernel", **told(work, kept.kinds))
        ahead = source.ahead(edition) if chapters.left else None
        # It gets warm while the data are checked.
        with warm(ahead, env=env, log=work / "log" / "warm.log") as parent:
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
        return own_edition(declarations)
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
        for maker, handed in ((render, makes), (builtin(), set(formats) - set(makes))):
            if asked := tuple(name for name in formats if name in handed):
                made |= maker(work / "stage", out, asked, staged, tell)
        if "html" in formats:
            tell("данные")
            publish(out / "data")
            origin.lay(out)
        origin.record(out)
    return made


def _empty(work: Path) -> None:
    """Clear the folders of a build of what an earlier one left."""
    for name in ("stage", FIGURES, EXHIBITS, MADE, "out", "log"):
        if (work / name).exists():
            shutil.rmtree(work / name)
        (work / name).mkdir()


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
