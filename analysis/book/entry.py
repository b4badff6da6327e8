"""What papermill finds by its entry point: the engine of the report, loaded when a notebook is first executed by it.

papermill loads its entry points while it is itself being imported. Were the engine the entry point, whoever imports it
first would meet it half made: it imports papermill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.book import engine


class ReportEngine:
    """The door to `analysis.book.engine.ReportEngine`: all that papermill asks of an engine."""

    @classmethod
    def execute_notebook(cls, *given: Any, **named: Any) -> Any:
        """Execute a notebook."""
        return _engine().execute_notebook(*given, **named)

    @classmethod
    def nb_kernel_name(cls, *given: Any, **named: Any) -> str:
        """Return the name of the kernel that a notebook is executed in."""
        return _engine().nb_kernel_name(*given, **named)

    @classmethod
    def nb_language(cls, *given: Any, **named: Any) -> str:
        """Return the language of a notebook."""
        return _engine().nb_language(*given, **named)


def _engine() -> type[engine.ReportEngine]:
    from analysis.book.engine import ReportEngine as Engine  # noqa: PLC0415 - it imports papermill, which imports this

    return Engine
