"""What papermill finds by its entry point: the engine of the report, loaded when a notebook is first executed by it.

papermill loads its entry points while it is itself being imported. Were the engine the entry point, whoever imports it
first would meet it half made: it imports papermill.
"""

from __future__ import annotations

from typing import Any


class ReportEngine:
    """The door to `analysis.book.engine.ReportEngine`."""

    @classmethod
    def execute_notebook(cls, *given: Any, **named: Any) -> Any:
        """Execute a notebook, see `analysis.book.engine`."""
        from analysis.book.engine import ReportEngine as Engine

        return Engine.execute_notebook(*given, **named)
