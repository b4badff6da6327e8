"""Tables and figures as a notebook cell returns them: HTML for the desk, Markdown for both renderers."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.base import build_env, desk, fragments, paths, reads
from analysis.base.errors import DataError, TextError, did_you_mean
from analysis.base.gaps import Gap, GapError, TooFewError
from analysis.base.markdown import ON_PAGES, PAGES_CLOSE, PAGES_OPEN, titled
from analysis.base.marks import FROM_DATA, attribute
from analysis.base.placeholders import pieces as placeholder_pieces
from analysis.catalogue.captions import CAPTION, NOTE, SOURCES, TABLE, Known, Piece, pieces
from analysis.quantities import Text, Wording, Year
from analysis.quantities.formula import Gathered, Named, Seen
from analysis.quantities.rows import row_seen
from analysis.quantities.text import asked_of, plain
from analysis.show import files, prose
from analysis.show.captions import Caption
from analysis.show.face import Report
from analysis.show.printed import printed
from analysis.show.titles import title

FEWEST = 4  # values that a picture has to show: fewer are said by a sentence

FILES = "exhibits"  # the folder beside the pages where a build lays the data of exhibits


@dataclass(frozen=True)
class Exhibit:
    """A captioned table or figure.

    Attributes
    ----------
    label : str
        `tbl-…` or `fig-…`, the name prose refers to.
    body : str
        Markdown of the content (raw HTML table, or an image).
    desk : str
        HTML that JupyterLab shows.
    printed : bool
        Whether print shows it; what pages alone show has no number.
    title : Text or None
        The finding that it shows; None where it has no rule, its data allow none, or the author wrote one.
    """

    label: str
    caption: Caption
    body: str
    desk: str
    printed: bool = True
    title: Text | None = None

    @property
    def markdown(self) -> str:
        """The exhibit for both renderers: its title, its content, its caption, its note."""
        head = f"{titled(self.title.markdown())}\n\n" if self.title else ""
        note, caption = self.caption.note_markdown, self.caption.text._repr_markdown_()
        tail = f"\n\n::: {{.exhibit-note}}\n{note}\n:::" if note else ""
        if self.printed:
            return f"{head}::: {{#{self.label}}}\n\n{self.body}\n\n{caption}\n\n:::{tail}"
        own = f"::: {{#{ON_PAGES}{self.label} .on-pages}}\n\n{caption}\n\n{self.body}\n\n:::"
        return f"{PAGES_OPEN}{head}{own}{tail}{PAGES_CLOSE}\n\n{self._where}"

    @property
    def _where(self) -> str:
        """What print says in the place of an exhibit that it does not show."""
        what = "Таблица" if self.label.startswith("tbl-") else "Рисунок"
        told = f"{what} «{self.caption.text._repr_markdown_()}» – на страницах доклада и в файле"
        note = f"::: {{.exhibit-note}}\n{told} `{FILES}/{self.label}.xlsx`.\n:::"
        return f'::: {{.content-hidden when-format="html"}}\n\n{note}\n\n:::'

    def _repr_mimebundle_(self, **_wanted: object) -> tuple[dict[str, str], dict[str, bool]]:
        head = f"<p><strong>{html.escape(self.title)}</strong></p>" if self.title else ""
        caption = f"<figcaption>{html.escape(self.caption.text)}</figcaption>"
        # As in the book: a caption stands above a table and below a figure.
        parts = (caption, self.desk) if self.label.startswith("tbl-") else (self.desk, caption)
        note = f"<p><small>Примечание – {html.escape(str(self.caption.note))}</small></p>" if self.caption.note else ""
        data = {
            "text/markdown": self.markdown,
            "text/html": desk.framed(f"{head}<figure>{''.join(parts)}</figure>{note}"),
            "text/plain": f"{self.label}: {self.caption.text!s}",
        }
        return data, {FROM_DATA: True}


def caption_of(
    report: Report,
    label: str,
    placeholders: Mapping[str, str | int] | None = None,
    note: str | tuple[str | Piece, ...] | None = None,
) -> Caption:
    """Return the caption of an exhibit from `exhibits.csv`, its placeholders filled.

    Parameters
    ----------
    report : Report
    label : str
        `tbl-…` or `fig-…`, the id of its row.
    placeholders : mapping of str to str or int
        What the caption may ask for besides what the edition gives; a whole number is a year.
    note : str, tuple of str and Piece, or None
        What is to be said after the note of the table.

    Returns
    -------
    Caption

    Raises
    ------
    DataError
        The exhibit is not in the table, its caption asks for something the exhibit does not give, or its note holds
        markup that it may not (`analysis.catalogue.captions`).
    """
    known = report.load(TABLE)
    labels = set(known["id"])
    if label not in labels:
        raise DataError(f"В таблице exhibits нет строки «{label}».{did_you_mean(label, labels)}")
    values, asked = _values(report, placeholders or {}), Known(labels, report.project.publications())
    own, added = _Stated(report, known, known["id"].eq(label), values), printed(report)
    text, said, sources = own.text, own.note(asked), own.sources
    if (here := added["exhibit"].eq(label)).any():
        more = _Stated(report, added, here, values)
        further = more.note(asked)
        said += [(Text(" "), Piece(" "))] * bool(said and further) + further
        sources = more.sources + sources
    if note:
        said += _added(note, after=bool(said))
    return Caption(text, tuple(said), sources)


class _Stated:
    """What one row says of an exhibit: caption, note, sources, its placeholders filled."""

    def __init__(self, report: Report, table: pd.DataFrame, which: pd.Series, values: Mapping[str, str]) -> None:
        index = table.index[which][0]
        self.row, self.values = table.loc[index], values
        self.label = self.row["exhibit" if "exhibit" in self.row else "id"]
        self.seen = row_seen(table, index, report.edition.id)
        self.stands = Wording(Gathered("text", (Seen(self.seen),)), (self.seen,))

    @property
    def text(self) -> Text:
        """The caption."""
        return self._read(CAPTION, [Piece(self.row[CAPTION])])[0][0]

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the bibliography."""
        return tuple(key for key in self.row[SOURCES].split(";") if key)

    def note(self, known: Known) -> list[tuple[Text, Piece]]:
        """Return the note, piece by piece."""
        return self._read(NOTE, pieces(self.row[NOTE], known))

    def _read(self, column: str, written: Iterable[Piece]) -> list[tuple[Text, Piece]]:
        try:
            return [
                (asked_of(_filled(_of_years(piece.words, self.values), self.values), self.stands), piece)
                for piece in written
            ]
        except TextError as error:
            where = f"{self.seen.table}, строка {self.seen.row} («{self.label}»)"
            raise DataError(f"{where}, столбец «{column}»: {error}") from None


def _of_years(template: str, values: Mapping[str, str]) -> str:
    """Return a template that says «2020 год» where the first year shown is the last one too."""
    one = "first" in values and values["first"] == values.get("last")
    return template.replace("{first}–{last} годы", "{last} год") if one else template


def _values(report: Report, placeholders: Mapping[str, str | int]) -> dict[str, str]:
    """Return what a caption may ask for, its years so that they can be asked."""
    region = report.region
    values: dict[str, str | int] = {
        "region": region.name,
        "region_short": region.short,
        "region_gen": region.gen,
        "region_loc": region.loc,
        "region_dat": region.dat,
        "region_acc": region.acc,
        "region_ins": region.ins,
        "region_inside": region.inside,
        **_district(report),
        "year": report.edition.year,
        "published": report.edition.published,
        "since": report.since,
        **placeholders,
    }
    return {name: _year(value) if isinstance(value, int) else value for name, value in values.items()}


def _district(report: Report) -> dict[str, str]:
    """Return what a caption may ask of the federal district that the region is in."""
    known = report.load("territories").set_index("id")
    place = report.edition.region
    for _ in range(len(known)):
        if place not in known.index or known.at[place, "kind"] == "district":
            break
        place = known.at[place, "parent"]
    return {"district_loc": known.at[place, "loc"]} if place in known.index else {}


def _added(note: str | tuple[str | Piece, ...], after: bool) -> list[tuple[Text, Piece]]:
    """Return a note of the exhibit's own, piece by piece, parted by a space from one that stands before it."""
    here = Wording(Named("примечание составлено по данным, которые здесь показаны"), ())
    added = [part if isinstance(part, Piece) else Piece(part) for part in ((note,) if isinstance(note, str) else note)]
    return [(asked_of(piece.words, here), piece) for piece in [*[Piece(" ")] * after, *added]]


def _filled(template: str, values: Mapping[str, str]) -> Text:
    return Text("").join(
        Text(values[name]) if name else Text(text) for text, name in placeholder_pieces(template, values)
    )


def title_of(report: Report, label: str) -> Text | None:
    """Return the title that an exhibit computes; None where the author's own stands above it, which a desk shows here.

    Parameters
    ----------
    report : Report
    label : str
        `tbl-…` or `fig-…`.

    Returns
    -------
    Text or None
    """
    own = fragments.title_of(paths.prose(report.edition.id), label)
    if own is None:
        return title(report, label)
    if not build_env.data_checked():
        prose.show(own)
    return None


def _year(value: int) -> str:
    """Return a year of a caption so that it can be asked: a parameter, or the first or last year of what is shown."""
    return str(value if isinstance(value, Year) else Year(value, "крайний год данных, которые здесь показаны"))


def figure(report: Report, figure_id: str) -> Exhibit:
    """Draw a figure, write its files where a build asks for them, and return it for the page.

    Raises
    ------
    GapError
        Nothing of what it shows is known.
    TooFewError
        It would show fewer than `FEWEST` values: the sentence that refers to it says as much.
    """
    from analysis.show import figures  # noqa: PLC0415 - matplotlib takes half a second, and most commands draw nothing

    with reads.noted() as read:
        drawing = figures.draw(report, figure_id)
        label = f"fig-{figure_id}"
        values = drawing.data.get("value")
        if values is not None and values.isna().all():
            raise GapError([Gap(f"данные рисунка «{figure_id}»", "ни одно значение не известно")])
        if drawing.known < FEWEST:
            few = f"известно значений: {drawing.known}"
            raise TooFewError(f"рисунок не строится ({few}, а нужно не меньше {FEWEST}): их называет текст")
        caption = caption_of(report, label, drawing.placeholders, drawing.note)
        shown = title_of(report, label)
    if folder := build_env.exhibits():
        files.write(folder, label, caption, drawing.data, read)
    if folder := build_env.figures():
        figures.write(drawing, figure_id, folder)
        shown_at_desk = ""
    else:
        picture = base64.b64encode(figures.svg_bytes(drawing)).decode("ascii")
        shown_at_desk = (
            f'<img alt="{html.escape(plain(drawing.alt))}" style="max-width:100%"'
            f' src="data:image/svg+xml;base64,{picture}">'
        )
    body = f"![](../figures/{figure_id}){{fig-alt={attribute(plain(drawing.alt))}}}"
    return Exhibit(label, caption, body, shown_at_desk, title=shown)
