"""Pictures of a print whose content is lost: they are not drawn, the sentence that speaks of them stands alone."""

from __future__ import annotations

from analysis.show.face import Report
from analysis.show.printed import printed


def is_lost(report: Report, figure_id: str) -> bool:
    """Return whether the content of a figure of the print is lost."""
    known = printed(report)
    return f"fig-{figure_id}" in set(known.loc[known["state"] == "lost", "exhibit"])
