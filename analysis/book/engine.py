"""The papermill engine `report`: executes a chapter and evaluates the inline code of its prose.

papermill runs code cells only. Here every `` `{python} expr` `` of a Markdown cell
is evaluated in the live kernel too, at its place in the order of cells, and the
results are stored where Quarto looks for them: `metadata.user_expressions`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine

from analysis.base import kernel_side, scratch
from analysis.base.errors import CellError, disk_failure
from analysis.book import causes, inline, kernel

INJECTED = "injected-parameters"
# The key of the notebook under which the numbers that its kernel showed are kept (`analysis.quantities.registry`).
QUANTITIES = "quantities"
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_STARTS = 3
_log = logging.getLogger("analysis.book")
_log.addHandler(logging.NullHandler())
_log.propagate = False


class ReportEngine(NBClientEngine):
    """Runs one chapter in a clean kernel; the first failure ends it with a CellError."""

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
        start_timeout: int = 60,
        **_: Any,
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
        start_timeout
            Seconds that a kernel may take to start.
        **_
            What else papermill gives.

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
                startup_timeout=start_timeout,
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
        **options: Any,
    ) -> None:
        super().__init__(nb_man, **options)
        self.folder, self.log_file, self.on_start = folder, log_file, on_start
        self.printed = folder / "output.txt"
        self.chapter = f"Глава {chapter}" if chapter else "Тетрадь"

    @contextmanager
    def setup_kernel(self, **where: Any) -> Iterator[None]:
        """Start the kernel, again if it did not come up: no cell has run yet, so nothing is done twice."""
        for left in reversed(range(_STARTS)):
            try:
                sockets = self.folder / str(left)
                sockets.mkdir()
                self.km = kernel.manager(sockets)
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
        """Run all cells in order; unlike papermill's own loop, stop by raising what went wrong in words."""
        for index, cell in enumerate(self.nb.cells):
            self.nb_man.cell_start(cell, index)
            try:
                if cell.cell_type == "markdown":
                    self.evaluate(cell, index)
                else:
                    self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index)
                refuse(f"{error.ename}: {error.evalue}")
                raise self.code_failure(cell, index, error) from error
            except DeadKernelError as error:
                self.nb_man.cell_exception(cell, cell_index=index)
                cause = "ядро Python аварийно завершилось (часто – не хватило памяти)"
                refuse(self.kernel_output())
                raise self.failure(index, 0, "", cause, self.kernel_output()) from error
            self.nb_man.cell_complete(cell, cell_index=index)
        self.nb.metadata["reads"] = self.files_read()
        self.collect()

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
        reply = self.wait_for_reply(self.kc.execute("", silent=True, user_expressions=asked))
        given = reply["content"].get("user_expressions", {})
        results = {expression: given.get(number, reply["content"]) for number, expression in asked.items()}
        for expression in found:
            self.require_value(results[expression.expression], expression, index)
        cell.metadata["user_expressions"] = [
            {"expression": expression, "result": result} for expression, result in results.items()
        ]

    def require_value(self, result: Mapping[str, Any], expression: inline.Inline, index: int) -> None:
        """Raise where an inline expression failed, or gave what nobody has put into words.

        Parameters
        ----------
        result
            What the kernel replied.
        expression
            The expression and its line.
        index
            Place of the cell among all.

        Raises
        ------
        CellError
            Chapter, cell, line, expression, cause.
        """
        if result["status"] != "ok":
            name, value = result.get("ename", ""), result.get("evalue", "")
            refuse(f"{name}: {value}")
            trace = "\n".join(result.get("traceback", []))
            raise self.failure(index, expression.line, expression.expression, self.cause(name, value), trace)
        if inline.shown(result["data"]) is None:
            cause = (
                f"значение {result['data'].get('text/plain', '')} не записано словами: оберните его, например, в"
                " num(…) или pct(…)"
            )
            raise self.failure(index, expression.line, expression.expression, cause, "")

    def code_failure(self, cell: NotebookNode, index: int, error: CellExecutionError) -> CellError:
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

    def failure(self, index: int, line: int, text: str, cause: str, trace: str) -> CellError:
        """Return the error in one sentence; the traceback goes to the log."""
        number = sum(INJECTED not in cell.metadata.get("tags", []) for cell in self.nb.cells[: index + 1])
        place = f"ячейка {number}" + (f", строка {line}" if line else "") + (f", «{text}»" if text else "")
        message = f"{self.chapter}, {place}: {cause}."
        if self.log_file:
            self.log_file.parent.mkdir(parents=True, exist_ok=True)
            self.log_file.write_text(f"{message}\n\n{_COLOUR.sub('', trace)}\n", encoding="utf-8")
        return CellError(message)


def refuse(said: str) -> None:
    """Raise where a chapter failed because a disk refused: that is no fault of the chapter."""
    if refused := disk_failure(said):
        raise refused
