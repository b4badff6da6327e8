"""Lists of an edition as Markdown: points and numbered points."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.base.errors import DataError, did_you_mean, nearest
from analysis.base.gaps import GapError
from analysis.base.marks import FROM_DATA
from analysis.editions.edition import available
from analysis.quantities import Text, quoted
from analysis.quantities.rows import row_numbers, row_seen, rows_counted
from analysis.show.face import Report
from analysis.show.wording import lowered, num

# What the aims of a plan are, by the kind of their rows.
AIMS = {"goal": "цель", "task": "задачи", "result": "ожидаемые результаты"}

# Of a kind with more measures than this a list names the first ones; a table on the pages has them all.
ALL, FIRST = 3, 2

OTHERS = "Другие"  # how a kind of what belongs to no other kind begins: it comes last


@dataclass(frozen=True)
class Listing:
    """Items of a list.

    Attributes
    ----------
    items : tuple of Text
    ordered : bool
        Whether they are numbered; else they stand after dashes.
    sentences : bool
        Whether each is a sentence of its own, as numbered ones are.
    """

    items: tuple[Text, ...]
    ordered: bool
    sentences: bool = False

    @property
    def markdown(self) -> str:
        """The items as a list of Markdown."""
        mark = "1." if self.ordered else "-"
        return "\n".join(f"{mark} {point._repr_markdown_()}" for point in self.points)

    @property
    def points(self) -> list[Text]:
        """The items with their stops: numbered ones are sentences, points are parts of one."""
        bare = [Text(item)[: len(_bare(item))] for item in self.items]
        stops = ["." if self.ordered or self.sentences else ";"] * (len(bare) - 1) + ["."]
        return [item + stop for item, stop in zip(bare, stops, strict=True)]

    def _repr_mimebundle_(self, **_wanted: object) -> tuple[dict[str, str], dict[str, bool]]:
        tag = "ol" if self.ordered else "ul"
        points = "".join(f"<li>{point.html()}</li>" for point in self.points)
        data = {"text/markdown": self.markdown, "text/html": f"<{tag}>{points}</{tag}>", "text/plain": self.markdown}
        return data, {FROM_DATA: True}


def bullets(report: Report, list_id: str) -> Listing:
    """Return a list of `lists.csv` as points, a point a kind where its items have kinds.

    An unknown list is answered with the nearest.
    """
    rows = list_rows(report, list_id).sort_values("n")
    if rows["kind"].eq("").any():
        return Listing(_texts(report, rows, "item"), ordered=False)
    return by_kind(report, rows, "item", ", ")


def measures(report: Report) -> Listing:
    """Return the support measures for all by what they give to a graduate, of a large kind the first ones.

    Where they have no kinds, they are numbered.
    """
    rows = report.filled("support_measures").sort_values("n")
    if rows["kind"].eq("").any():
        return Listing(_texts(report, rows, "text"), ordered=True)
    return by_kind(report, rows, "text", "; ", shortened=True)


def by_kind(report: Report, rows: pd.DataFrame, field: str, between: str, *, shortened: bool = False) -> Listing:
    """Return rows as points, one a kind, with their count; the largest kind first.

    Parameters
    ----------
    report : Report
    rows : pandas.DataFrame
        Of a table with the column `kind`, in their order.
    field : str
        The column of their texts.
    between : str
        What parts the texts of one kind; after a semicolon they go on in lower case.
    shortened : bool
        Whether of a kind with more than `ALL` only the `FIRST` are named.

    Returns
    -------
    Listing
    """
    kinds = {str(kind): members for kind, members in rows.groupby("kind", sort=False)}
    largest = sorted(kinds, key=lambda kind: (kind.startswith(OTHERS), -len(kinds[kind])))
    points = tuple(
        _kind(report, kind, kinds[kind], field, between, shortened and len(kinds[kind]) > ALL) for kind in largest
    )
    return Listing(points, ordered=False, sentences=True)


def _kind(report: Report, kind: str, members: pd.DataFrame, field: str, between: str, short: bool) -> Text:
    """Return the items of one kind: «Энергетика (3): …»."""
    count = rows_counted(members, report.edition.id, f"пункты вида «{kind}»")
    items = _texts(report, members.head(FIRST) if short else members, field)
    if ";" in between:
        items = tuple(map(lowered, items))
    return Text(f"{kind} (") + num(count) + Text("): ") + Text(between).join(items) + Text(" и другие" * short)


def list_rows(report: Report, list_id: str) -> pd.DataFrame:
    """Return the rows of `lists.csv` that make one list.

    Raises
    ------
    GapError
        This edition has no such list.
    DataError
        No edition has it, and the name is almost that of a list: a slip of the finger.
    """
    rows = report.load("lists")
    if list_id not in set(rows["list"]):
        elsewhere = {
            name
            for edition in available()
            if "lists" in report.project.tables(edition)
            for name in report.project.load("lists", edition)["list"]
        }
        # Of a list that no edition has filled yet nothing but the chapter knows.
        if list_id in elsewhere or nearest(list_id, elsewhere) is None:
            raise GapError([report.unfilled("lists", list_id)])
        raise DataError(f"В таблице lists нет перечня «{list_id}».{did_you_mean(list_id, elsewhere)}")
    return rows[rows["list"] == list_id]


def aims(report: Report, kind: str) -> Listing:
    """Return one kind of the plan's aims (`AIMS`) as numbered points.

    Raises
    ------
    GapError
        The plan has none of this kind.
    DataError
        There is no such kind.
    """
    rows = report.filled("plan_aims")
    if kind not in AIMS:
        raise DataError(f"В таблице plan_aims нет вида «{kind}».{did_you_mean(kind, AIMS)}")
    rows = rows[rows["kind"] == kind].sort_values("n")
    if rows.empty:
        raise GapError([report.unfilled("plan_aims", AIMS[kind])])
    return Listing(_texts(report, rows, "text"), ordered=True)


def goal(report: Report) -> Text:
    """Return the goal of the plan.

    Raises
    ------
    GapError
        The plan names none.
    """
    rows = report.filled("plan_aims")
    named = rows.index[rows["kind"] == "goal"]
    if named.empty:
        raise GapError([report.unfilled("plan_aims", AIMS["goal"])])
    return quoted(_bare(rows.at[named[0], "text"]), row_seen(rows, named[0], report.edition.id))


def _texts(report: Report, rows: pd.DataFrame, field: str) -> tuple[Text, ...]:
    """Return a column of texts; a number in one of them remembers its row."""
    return tuple(row_numbers(rows, index, field, report.edition.id) for index in rows.index)


def _bare(text: str) -> str:
    """Return a text without the stop it may end with."""
    return text.rstrip(" .;")
