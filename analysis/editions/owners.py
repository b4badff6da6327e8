"""Whose the rows of an edition are: no edition prints the words of another region.

Three nets. A row of words names its owner, and the layer it lies in says who that must be. The folder of a region holds
its own rows. And whoever a row says it belongs to, its text may not name a region that the edition does not speak of,
unless the table of mentions says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import pandas as pd

from analysis.base import paths, reads
from analysis.base.errors import did_you_mean
from analysis.base.russian import and_more
from analysis.catalogue import Project, Table, layers
from analysis.catalogue.findings import Finding
from analysis.catalogue.places import FIRST_ROW
from analysis.editions.edition import Edition
from analysis.editions.foreign import Hit, allowed, foreign

MENTIONS = "mentions"
SETTINGS = "edition"  # how the table of mentions calls `edition.yml`
PROSE = "prose"  # and its texts, the file standing for the column
_FIELDS = ("title", "subtitle", "city", "organisation", "ministry")
# Tables whose column `territory` says what a row is about.
_ABOUT = ("figure_statements", "forecasts", "graduates_by_college", "acknowledged-printed")
_RULE = "owner"


class Owners:
    """The check of one edition.

    Parameters
    ----------
    edition : Edition
    project : Project
    known : mapping
        The tables of the edition by name.
    frames : mapping
        Their rows.
    """

    def __init__(
        self, edition: Edition, project: Project, known: Mapping[str, Table], frames: Mapping[str, pd.DataFrame]
    ) -> None:
        self.edition, self.project, self.known = edition, project, known
        territories = project.everywhere("territories")
        self.names = dict(zip(territories["id"], territories["name"], strict=True))
        self.home = {
            town: region
            for town, region, kind in territories[["id", "parent", "kind"]].itertuples(index=False)
            if kind == "municipality"
        }
        self.regions = set(territories.loc[territories["kind"] == "region", "id"])
        self.allowed = allowed(edition, territories)
        self.mentions = frames.get(MENTIONS, pd.DataFrame()).to_dict("records")

    def strangers(self) -> Iterator[Finding]:
        """Yield the rows that are another region's, or name one: one finding a file and owner, one a cell and name."""
        yield from self._folders()
        for table in self.known.values():
            for part in table.parts:
                # The country's tables are the lists that names are known by.
                if part.layer:
                    yield from self._ownerless(part)
                    rows = self.project.looked_at(part)
                    yield from self._owned(part, rows)
                    yield from self._named(part, rows)
        label = reads.label(paths.edition(self.edition.id) / "edition.yml")
        for name in _FIELDS:
            for hit in self._foreign(SETTINGS, name, str(getattr(self.edition, name) or ""), self.allowed):
                yield self._finding(label, None, name, hit)
        yield from self._prose()

    def _prose(self) -> Iterator[Finding]:
        """Yield the names of other regions in the texts that the edition lays into the chapters."""
        folder = paths.prose(self.edition.id)
        for file in sorted(folder.rglob("*.md")):
            within = file.relative_to(folder).as_posix()
            for number, line in enumerate(reads.text(file).splitlines(), start=1):
                for hit in self._foreign(PROSE, within, line, self.allowed):
                    yield self._finding(reads.label(file), number, None, hit)

    def _folders(self) -> Iterator[Finding]:
        for name in self.project.regions():
            if name not in self.regions:
                hint = did_you_mean(name, self.regions).strip() or "Назовите папку кодом региона из territories."
                label = f"data/{layers.of_region(name)}"
                yield Finding(label, None, None, name, "такого региона нет в таблице territories", hint, rule=_RULE)

    def _ownerless(self, part: Table) -> Iterator[Finding]:
        """Yield a table of words that has no column for the owner of its rows, though its layer has one."""
        told = part.owner or part.holds_observations or part.name in (*_ABOUT, "territories")
        if not told and self._owner(part):
            problem = "в таблице слов нет столбца, который говорит, чья строка"
            remedy = "Добавьте столбец territory со свойством «owner»: true в схему и впишите в него код региона."
            yield Finding(part.label, 1, None, None, problem, remedy, rule=_RULE)

    def _owned(self, part: Table, rows: pd.DataFrame) -> Iterator[Finding]:
        """Yield whose the rows of a file are, where it is not who its layer says."""
        owner = self._owner(part)
        if part.owner:
            wrong = rows[rows[part.owner] != owner]
            for said, group in wrong.groupby(part.owner, sort=False):
                yield self._wrongly(part, part.owner, str(said), list(group.index))
        elif part.name in _ABOUT:
            strange = rows[~rows["territory"].isin({*self.allowed, ""})]
            for said, group in strange.groupby("territory", sort=False):
                problem = f"строка о территории, которой нет в издании ({self.names.get(str(said), said)})"
                remedy = "Уберите строку или добавьте территорию в comparison файла edition.yml."
                yield _found(part, "territory", str(said), problem, remedy, list(group.index))
        elif part.name == "territories":
            inside = {owner, *rows["id"]}
            for said, group in rows[~rows["parent"].isin(inside)].groupby("parent", sort=False):
                yield self._wrongly(part, "parent", str(said), list(group.index))

    def _owner(self, part: Table) -> str:
        """Return whose the rows of a layer must be; empty for the federal one, whose rows are nobody's."""
        return layers.region_of(part.layer) or (self.edition.region if layers.edition_of(part.layer) else "")

    def _wrongly(self, part: Table, column: str, said: str, index: list[int]) -> Finding:
        owner = self._owner(part)
        if not owner:
            problem, remedy = (
                f"строка региона ({self.names.get(said, said)}) лежит в федеральном слое",
                f"Перенесите ее в папку data/{layers.of_region(said)} или очистите ячейку, если она для всех регионов.",
            )
        elif said == "":
            problem = "не сказано, какому региону принадлежит строка"
            remedy = f"Впишите «{owner}», если она его."
        else:
            whose = "издание" if layers.edition_of(part.layer) else "папка"
            problem = (
                f"строка другого региона ({self.names.get(said, said)}), а {whose} – «{self.names.get(owner, owner)}»"
            )
            remedy = "Замените ее своей или уберите."
        return _found(part, column, said, problem, remedy, index)

    def _named(self, part: Table, rows: pd.DataFrame) -> Iterator[Finding]:
        """Yield the cells of a file that name a region which is not to be named there."""
        if part.name == MENTIONS or part.name in ("territories", "territory_names"):
            return
        owner = self._owner(part)
        if part.owner:  # of a row that is refused as a whole no cell is told
            rows = rows[rows[part.owner] == owner]
        for column in _texts(part):
            # What stands in many rows is told of the first.
            first = {text: row for row, text in zip(reversed(rows.index), reversed(rows[column].tolist()), strict=True)}
            for text, row in sorted(first.items(), key=lambda item: item[1]):
                for hit in self._foreign(part.name, column, text, self.allowed if owner else set()):
                    yield self._finding(part.label, int(row) + FIRST_ROW, column, hit)

    def _foreign(self, table: str, column: str, text: str, own: AbstractSet[str]) -> Iterator[Hit]:
        for hit in foreign(text, self.project, own):
            whose = hit.owners | self._regions(hit)
            about = (mention for mention in self.mentions if mention["mentioned"] in whose)
            here = (mention for mention in about if (mention["table"], mention["column"]) == (table, column))
            if not any(_quoted(mention, text, hit) for mention in here):
                yield hit

    def _regions(self, hit: Hit) -> set[str]:
        return {self.home.get(owner, owner) for owner in hit.owners}

    def _finding(self, file: str, row: int | None, column: str | None, hit: Hit) -> Finding:
        whose = " или ".join(sorted(self.names.get(region, region) for region in self._regions(hit)))
        return Finding(
            file,
            row,
            column,
            hit.words,
            f"это имя другого региона ({whose}), а издание о нем не говорит",
            "Замените слова своими; если имя здесь на месте, объясните это строкой таблицы mentions.",
            rule=_RULE,
        )


def _texts(part: Table) -> list[str]:
    """Return the columns of a file that a reader sees as words."""
    if part.holds_observations:
        return ["note"]
    return [
        field["name"]
        for field in part.fields
        if field["type"] == "string" and "codes" not in field and field["name"] != "territory"
    ]


def _quoted(mention: Mapping[str, str], text: str, hit: Hit) -> bool:
    """Tell whether the words that a row of mentions quotes hold those of a hit."""
    start = text.find(mention["words"])
    while start >= 0:
        if start <= hit.start and hit.end <= start + len(mention["words"]):
            return True
        start = text.find(mention["words"], start + 1)
    return False


def _found(part: Table, column: str, value: str, problem: str, remedy: str, index: list[int]) -> Finding:
    more = and_more(len(index) - 1, "таких строк")
    return Finding(part.label, index[0] + FIRST_ROW, column, value, problem, f"{remedy}{more}", rule=_RULE)
