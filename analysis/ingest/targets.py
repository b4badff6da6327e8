"""Which table a name means: that of an indicator, or one the ministry fills, of the common package or of an edition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.base import paths
from analysis.base.errors import DataError, UsageError, did_you_mean
from analysis.catalogue.descriptor import Table, read_json
from analysis.catalogue.findings import summed_up
from analysis.catalogue.layers import common
from analysis.catalogue.opened import find_defects, load, observation_schema, tables
from analysis.editions.edition import available
from analysis.ingest.csvtext import records, text_of

# Forms that somebody else fills and sends in: they have a schema and no table, for what they tell is checked and summed
# up before any of it becomes data.
FORMS = ("college_return",)


@dataclass(frozen=True)
class Target:
    """A table to be filled.

    Attributes
    ----------
    table : Table
        It may not be there yet: an indicator gets its table with its first rows.
    edition : str
        The edition it belongs to; empty for the common package.
    indicators : tuple of str
        The indicators asked for; empty for all the table holds.
    """

    table: Table
    edition: str = ""
    indicators: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The table as it stands, held against its schema; empty where it is not there yet.

        Raises
        ------
        DataError
            The table does not keep its schema, or cannot be read.
        """
        text = text_of(self.table.file)
        if text and (wrong := find_defects(self.table)):
            raise DataError(summed_up(wrong))
        return text

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of the table, as text."""
        _, *rows = [cells for cells, _ in records(self.text)] or [[]]
        return [dict(zip(self.table.columns, cells, strict=True)) for cells in rows if cells]


def find_target(name: str, edition: str | None = None) -> Target:
    """Return what a name means.

    Parameters
    ----------
    name : str
        A table («plan», «network» for `table-network`), or an indicator.
    edition : str, optional
        The edition to look in first. Without one, the common package comes first, then the only edition that knows the
        name.

    Raises
    ------
    UsageError
        No such edition.
    DataError
        No such table or indicator, or several editions have it.
    """
    check_edition_id(edition)
    known = available()
    if edition is None and (common := _common(name)):
        return common
    searched = [edition] if edition is not None else known
    hits = [target for searched_edition in searched if (target := _of_edition(name, searched_edition))]
    if len({hit.table.file for hit in hits}) > 1:
        raise DataError(
            f"«{name}» есть в нескольких изданиях: {', '.join(hit.edition for hit in hits)}. Назовите одно: --edition"
            f" {hits[0].edition}."
        )
    target = hits[0] if hits else _common(name) or _new(name) or _form(name)
    if target is None:
        names = {_short(table) for known_edition in known for table in tables(known_edition)} | set(FORMS)
        raise DataError(
            f"Нет ни таблицы, ни показателя «{name}».{did_you_mean(name, names | set(load('indicators')['id']))}"
        )
    return target


def form(name: str) -> Table:
    """Return a form, one of `FORMS`, as the table that its rows would make."""
    schema = read_json(paths.data() / "schemas" / f"{name}.json")
    return Table(name, paths.data() / f"{name}.csv", schema["title"], schema)


def check_edition_id(edition: str | None) -> None:
    """Refuse an edition that is not there; none at all is right.

    Raises
    ------
    UsageError
        No such edition.
    """
    if edition is not None and edition not in (known := available()):
        raise UsageError(f"Нет издания «{edition}» в папке data/editions.{did_you_mean(edition, known)}")


def own_tables(edition: str) -> dict[str, Table]:
    """Return the tables of an edition and its region: whole ones, and what they add to those all editions rest on."""
    return {name: table for name, table in tables(edition).items() if table.layer not in common()}


def _common(name: str) -> Target | None:
    table = tables().get(name)
    return Target(table, indicators=(name,) if table.holds_observations else ()) if table else None


def _new(name: str) -> Target | None:
    """Return the table an indicator would get; nothing is written."""
    indicators = load("indicators").set_index("id")
    if name not in indicators.index:
        return None
    made = Table(name, paths.data() / "statistics" / f"{name}.csv", indicators.at[name, "name"], observation_schema())
    return Target(made, indicators=(name,))


def _form(name: str) -> Target | None:
    return Target(form(name)) if name in FORMS else None


def _of_edition(name: str, edition: str) -> Target | None:
    own = own_tables(edition)
    for table in own.values():
        if _short(table.name) == _short(name) or table.file.stem == name:
            return Target(table, edition)
    holding = [
        table
        for table in own.values()
        if table.holds_observations and name in set(load(table.name, edition)["indicator"])
    ]
    return replace(Target(holding[0], edition), indicators=(name,)) if holding else None


def _short(name: str) -> str:
    return name.removeprefix("table-").replace("-", "_")
