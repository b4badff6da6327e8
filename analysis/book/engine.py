"""The papermill engine `report`: executes a chapter and evaluates the inline code of its prose.

A mistake does not end a chapter: what rests on it is passed over (`analysis.base.guard`), so that one run names all
of them. What rests on a gap is told beside the values, by expression: `metadata.gaps`.

papermill runs code cells only. Here every `` `{python} expr` `` of a Markdown cell
is evaluated in the live kernel too, at its place in the order of cells, and the
results are stored where Quarto looks for them: `metadata.user_expressions`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine

from analysis.base import causes, guard, inline, kernel_side, scratch
from analysis.base.errors import CellError, disk_failure
from analysis.base.gaps import METADATA, MIME
from analysis.base.places import place_of
from analysis.book import kernel
from analysis.book.failures import ChapterError, Failure

INJECTED = "injected-parameters"
# The key of the notebook under which the numbers that its kernel showed are kept (`analysis.quantities.registry`).
QUANTITIES = "quantities"
# And that for the seconds of the processor that the kernel has used.
USED = "used"
# And that for the files of code that it has imported.
CODE = "code"
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_STARTS = 3
_log = logging.getLogger("analysis.book")
_log.addHandler(logging.NullHandler())
_log.propagate = False


class ReportEngine(NBClientEngine):
    """Runs one chapter in a clean kernel; what failed in it is raised at its end, all of it."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,  # noqa: ARG003 - papermill gives it; chapters run in the interpreter that builds the report
        *,
        chapter: str = "",
        log_file: Path | None = None,
        env: Mapping[str, str] | None = None,
        folder: Path | None = None,
        on_start: Callable[[int], Any] | None = None,
        parent: str = "",
        **given: Any,
    ) -> NotebookNode:
        """Execute the notebook held by `nb_man`.

        Parameters
        ----------
        nb_man
            Holds the notebook, and is told of each cell.
        kernel_name
            What papermill would start; chapters run in the interpreter that builds the report.
        chapter
            How error messages call the notebook.
        log_file
            Gets the full traceback of a failure.
        env, folder
            Environment and working folder of the kernel; those of this process unless given.
        on_start
            Gets the process id of the kernel.
        parent
            The address of the warm process that forks the kernel; one is started anew where none is named.
        **given
            What else papermill gives; of it `start_timeout` is used, the seconds that a kernel may take to start.

        Returns
        -------
        NotebookNode
            The executed notebook.
        """
        with scratch.folder() as sockets:
            client = _Client(
                nb_man,
                folder=sockets,
                chapter=chapter,
                log_file=log_file,
                on_start=on_start,
                parent=parent,
                startup_timeout=given.get("start_timeout", 60),
                kernel_name=kernel.NAME,
                shell_timeout_interval=1,
                shutdown_kernel="immediate",
                force_raise_errors=True,
                log=_log,
            )
            where = {
                name: value for name, value in (("env", env), ("cwd", folder and str(folder))) if value is not None
            }
            with client.printed.open("wb") as output:
                return client.execute(stdout=output, stderr=output, **where)


class _Client(PapermillNotebookClient):
    def __init__(
        self,
        nb_man: Any,
        *,
        folder: Path,
        chapter: str,
        log_file: Path | None,
        on_start: Callable[[int], Any] | None,
        parent: str,
        **options: Any,
    ) -> None:
        super().__init__(nb_man, **options)
        self.folder, self.log_file, self.on_start, self.warm_parent = folder, log_file, on_start, parent
        self.printed = folder / "output.txt"
        self.chapter = f"Глава {chapter}" if chapter else "Тетрадь"
        self.failures: list[Failure] = []

    @contextmanager
    def setup_kernel(self, **where: Any) -> Iterator[None]:
        """Start the kernel, again if it did not come up: no cell has run yet, so nothing is done twice."""
        for left in reversed(range(_STARTS)):
            try:
                sockets = self.folder / str(left)
                sockets.mkdir()
                self.km = kernel.manager(sockets, self.warm_parent)
                self.start_new_kernel(**where)
                local = self.km.provisioner
                if self.on_start and isinstance(local, LocalProvisioner) and local.pid is not None:
                    self.on_start(local.pid)
                self.start_new_kernel_client()
                break
            except (RuntimeError, OSError) as error:
                refuse(f"{error}\n{self.kernel_output()}")
                if not left:
                    message = f"{self.chapter}: ядро Python не запускается. Проверьте установку: make install."
                    raise CellError(message) from error
        try:
            yield
        finally:
            self._cleanup_kernel()

    def papermill_execute_cells(self) -> None:
        """Run all cells in order; unlike papermill's own loop, tell at the end of all that went wrong in words."""
        self.call(guard.__name__, guard.install.__name__, collect=True)
        for index, cell in enumerate(self.nb.cells):
            self.nb_man.cell_start(cell, index)
            try:
                if cell.cell_type == "markdown":
                    self.evaluate(cell, index)
                else:
                    self.execute_cell(cell, index)
                    self.note_mistakes(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index)
                refuse(f"{error.ename}: {error.evalue}")
                self.note_mistakes(cell, index)
                self.failures.append(self.code_failure(cell, index, error))
                if "import *" in cell.source:
                    # Nearly every name of the chapter would be missing.
                    break
                self.call(guard.__name__, guard.broken.__name__, cell.source)
            except DeadKernelError as error:
                self.nb_man.cell_exception(cell, cell_index=index)
                cause = "ядро Python аварийно завершилось (часто – не хватило памяти)"
                refuse(self.kernel_output())
                self.failures.append(self.failure(index, 0, "", cause, self.kernel_output()))
                raise self.failed() from error
            self.nb_man.cell_complete(cell, cell_index=index)
        if self.failures:
            with suppress(CellError):
                self.collect()
            raise self.failed()
        self.nb.metadata["reads"] = self.files_read()
        self.collect()
        self.nb.metadata[CODE] = self.asked(kernel_side.CODE)[0] or []
        self.nb.metadata[USED] = self.asked(kernel_side.USED)[0]

    def note_mistakes(self, cell: NotebookNode, index: int) -> None:
        """Ask the kernel which statements of a cell failed and were passed over."""
        told, refusal = self.asked(kernel_side.MISTAKES)
        if refusal:
            raise CellError(f"{self.chapter}: не собрать сведения об ошибках: {refusal}.")
        for mistake in told or []:
            refuse(f"{mistake['name']}: {mistake['said']}")
            renamed = self.asked(kernel_side.RENAMED)[0] if mistake["there"] else None
            cause = causes.cause(mistake["name"], mistake["said"], mistake["there"], renamed)
            text = cell.source.splitlines()[mistake["line"] - 1].strip() if mistake["line"] else ""
            self.failures.append(self.failure(index, mistake["line"], text, cause, mistake["trace"]))

    def failed(self) -> CellError:
        """Return all that failed as one error, in the order of the cells; their traces go to the log."""
        self.failures.sort(key=lambda failure: (failure.index, failure.line))
        if self.log_file:
            self.log_file.parent.mkdir(parents=True, exist_ok=True)
            log = "\n".join(f"{failure}\n\n{_COLOUR.sub('', failure.trace)}\n" for failure in self.failures)
            self.log_file.write_text(log, encoding="utf-8")
        return ChapterError(self.failures, self.nb)

    def call(self, module: str, function: str, *arguments: object, **named: object) -> None:
        """Have the kernel call a function of the project."""
        request = {"called": kernel_side.calling(module, function, *arguments, **named)}
        self.wait_for_reply(self.kc.execute("", silent=True, user_expressions=request))

    def kernel_output(self) -> str:
        """Return what the kernel itself printed."""
        return self.printed.read_text(encoding="utf-8", errors="replace")

    def files_read(self) -> list[str]:
        """Ask the kernel which files of the project the chapter has read."""
        return self.asked(kernel_side.READS)[0] or []

    def collect(self) -> None:
        """Ask the kernel where the numbers it showed come from, and keep the answer with the notebook."""
        numbers, refusal = self.asked(kernel_side.NUMBERS)
        if refusal:
            raise CellError(f"{self.chapter}: не собрать сведения о числах: {refusal}.")
        self.nb.metadata.pop(QUANTITIES, None)
        if numbers:
            self.nb.metadata[QUANTITIES] = numbers

    def asked(self, name: str) -> tuple[Any, str]:
        """Return what the kernel tells under a name of `analysis.base.kernel_side`, and why it could not."""
        request = {name: kernel_side.asking(name)}
        reply = self.wait_for_reply(self.kc.execute("", silent=True, user_expressions=request))
        result = reply["content"].get("user_expressions", {}).get(name, {"status": "error"})
        if result["status"] != "ok":
            return None, causes.cause(result.get("ename", ""), result.get("evalue", ""))
        return result["data"].get(kernel_side.JSON), ""

    def evaluate(self, cell: NotebookNode, index: int) -> None:
        """Evaluate the inline code of one Markdown cell with a single request and store the results."""
        found = inline.find(cell.source)
        if not found:
            cell.metadata.pop("user_expressions", None)
            return
        asked = {
            str(number): expression
            for number, expression in enumerate(dict.fromkeys(part.expression for part in found))
        }
        request = {
            number: kernel_side.calling(guard.__name__, guard.evaluated.__name__, expression)
            for number, expression in asked.items()
        }
        reply = self.wait_for_reply(self.kc.execute("", silent=True, user_expressions=request))
        given = reply["content"].get("user_expressions", {})
        results = {expression: given.get(number, reply["content"]) for number, expression in asked.items()}
        told = {expression: result["data"].pop(MIME) for expression, result in results.items() if _untold(result)}
        for expression in found:
            if expression.expression not in told:
                self.note_value(results[expression.expression], expression, index)
        cell.metadata["user_expressions"] = [
            {"expression": expression, "result": result} for expression, result in results.items()
        ]
        if told:
            cell.metadata[METADATA] = {expression: gap["gaps"] for expression, gap in told.items()}

    def note_value(self, result: Mapping[str, Any], expression: inline.Inline, index: int) -> None:
        """Note where an inline expression failed, or gave what nobody has put into words.

        Parameters
        ----------
        result
            What the kernel replied.
        expression
            The expression and its line.
        index
            Place of the cell among all.
        """
        if result["status"] != "ok":
            name, value = result.get("ename", ""), result.get("evalue", "")
            refuse(f"{name}: {value}")
            trace = "\n".join(result.get("traceback", []))
            cause = self.cause(name, value)
            self.failures.append(self.failure(index, expression.line, expression.expression, cause, trace))
        elif inline.shown(result["data"]) is None:
            cause = causes.unworded(result["data"].get("text/plain", ""))
            self.failures.append(self.failure(index, expression.line, expression.expression, cause, ""))

    def code_failure(self, cell: NotebookNode, index: int, error: CellExecutionError) -> Failure:
        trace = _COLOUR.sub("", error.traceback)
        # IPython names the cell by its count; the last frame within it is the nearest to the cause.
        lines = re.findall(rf"Cell In\[{cell.execution_count}\], line (\d+)", trace)
        line, cause = int(lines[-1]) if lines else 0, self.cause(error.ename, error.evalue)
        # IPython says less of a cell that it cannot read than Python does.
        if error.ename in {"SyntaxError", "IndentationError", "_IncompleteInputError"} and (
            found := causes.syntax(cell.source)
        ):
            line, cause = found
        text = cell.source.splitlines()[line - 1].strip() if line else ""
        return self.failure(index, line, text, cause, trace)

    def cause(self, name: str, value: str) -> str:
        """Return in words why something failed; the kernel is asked what there is in place of a missing name."""
        if name not in {"NameError", "AttributeError", "ImportError"}:
            return causes.cause(name, value)
        there, renamed = (self.asked(question)[0] for question in (kernel_side.THERE, kernel_side.RENAMED))
        return causes.cause(name, value, there or [], renamed)

    def failure(self, index: int, line: int, text: str, cause: str, trace: str) -> Failure:
        """Return what failed, where the desk counts its cell."""
        number = sum(INJECTED not in cell.metadata.get("tags", []) for cell in self.nb.cells[: index + 1])
        place = place_of(self.nb.cells[index], number)
        return Failure(self.chapter, index, place, line, text, cause, trace)


def _untold(result: Mapping[str, Any]) -> bool:
    """Tell whether an inline expression gave a gap instead of a value."""
    return result["status"] == "ok" and MIME in result["data"]


def refuse(said: str) -> None:
    """Raise where a chapter failed because a disk refused: that is no fault of the chapter."""
    if refused := disk_failure(said):
        raise refused
