"""The place of a picture whose content is lost: it says so, and shows nothing else."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.show import theme
from analysis.show.face import Report
from analysis.show.printed import printed


def is_lost(report: Report, figure_id: str) -> bool:
    """Return whether the edition keeps a figure's place although its content is lost."""
    known = printed(report)
    return f"fig-{figure_id}" in set(known.loc[known["state"] == "lost", "exhibit"])


def draw_place(report: Report, figure_id: str) -> tuple[Figure, pd.DataFrame, str]:
    """Return the figure, its row of `printed_exhibits.csv` and its alternative text."""
    exhibits = printed(report)
    row = exhibits[exhibits["exhibit"] == f"fig-{figure_id}"]
    fig = theme.canvas(30)
    ax = fig.subplots()
    theme.bare(ax)
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
    ax.fill_between([0, 1], 0, 1, **theme.MISSING)
    ax.text(
        0.5,
        0.5,
        "Рисунок печатного издания не сохранился",
        ha="center",
        va="center",
        color=theme.MUTED,
        bbox={"facecolor": theme.PAPER, "edgecolor": "none", "pad": 6},
    )
    data = pd.DataFrame(
        {"exhibit": row["exhibit"], "value": float("nan"), "status": "M", "source": row["sources"], "note": row["note"]}
    )
    return (
        fig,
        data,
        f"Место рисунка: содержание рисунка печатного издания «{row['printed_caption'].iloc[0]}» не сохранилось.",
    )
