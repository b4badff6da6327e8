"""The findings of the first page as a notebook shows them: a sentence, its spark and its section each."""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass

from analysis.base import build_env
from analysis.base.marks import attribute
from analysis.base.placeholders import pieces
from analysis.base.russian import NBSP
from analysis.quantities import Text
from analysis.quantities.text import plain
from analysis.show.face import Report
from analysis.show.findings.choosing import Choice, Chosen, choose

NAME = "main-"
# What is said below a spark, so that nobody has to know which direction is good.
SIDES = {"good": "для выпускников – к лучшему", "bad": "для выпускников – к худшему"}
NOTHING = "По данным этого издания выводов пока нет: не известен ни один показатель, из которого они следуют."


@dataclass(frozen=True)
class Finding:
    """A finding as it is printed.

    Attributes
    ----------
    key : str
    begun, meant : Text
        What happened, and what it means; the author's own sentence is all in the first.
    side : {'good', 'bad', ''}
        Which it is for graduates.
    section : str
        Label of the section that goes into it.
    alt : str
        The spark in words.
    svg : bytes
        The spark at a desk; nothing during a build, which writes a file.
    """

    key: str
    begun: Text
    meant: Text
    side: str
    section: str
    alt: str
    svg: bytes = b""

    @property
    def sentence(self) -> Text:
        """The whole sentence without its reference."""
        return self.begun + (f"{NBSP}– " + self.meant if self.meant else "")

    @property
    def markdown(self) -> str:
        """The finding for both renderers."""
        spark = f"![](../figures/{NAME}{self.key}){{fig-alt={attribute(self.alt)} width=42mm}}"
        side = f"\n\n[{SIDES[self.side]}]{{.side}}" if self.side else ""
        meant = f"{NBSP}– {self.meant.markdown()}" if self.meant else ""
        words = f"**{self.begun.markdown()}**{meant} (раздел{NBSP}[-@{self.section}])."
        return f"::: {{.finding}}\n\n::: {{.said}}\n{words}\n:::\n\n::: {{.spark}}\n{spark}{side}\n:::\n\n:::"

    @property
    def desk(self) -> str:
        """The finding as JupyterLab shows it."""
        picture = base64.b64encode(self.svg).decode("ascii")
        image = f'<img alt="{html.escape(self.alt)}" src="data:image/svg+xml;base64,{picture}">' if self.svg else ""
        return f"<p>{image} {self.sentence.html()}.</p>"


@dataclass(frozen=True)
class Findings:
    """All findings of the first page, in their order."""

    items: tuple[Finding, ...]

    @property
    def markdown(self) -> str:
        """The findings for both renderers; where there are none, a sentence that says so."""
        if not self.items:
            return NOTHING
        return "::: {.findings}\n\n" + "\n\n".join(one.markdown for one in self.items) + "\n\n:::"

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, str]:
        # Not told to be from data: each digit of it is to have its card, as in prose.
        desk = "".join(one.desk for one in self.items) or f"<p>{NOTHING}</p>"
        return {"text/markdown": self.markdown, "text/html": desk, "text/plain": "\n".join(self.texts)}

    @property
    def texts(self) -> list[str]:
        """The sentences as plain text."""
        return [f"{plain(one.sentence).removesuffix('.')}." for one in self.items]


def findings(report: Report, choice: Choice | None = None) -> Findings:
    """Return the findings of the first page, by the rule and by the author's word.

    Parameters
    ----------
    report : Report
    choice : Choice, optional
        The author's word; the rule alone unless given.

    Returns
    -------
    Findings
    """
    return Findings(tuple(_told(report, one) for one in choose(report, choice or Choice())))


def _told(report: Report, one: Chosen) -> Finding:
    from analysis.show.figures import files  # noqa: PLC0415
    from analysis.show.findings import sparks  # noqa: PLC0415 - matplotlib takes half a second, as in `exhibits`

    row = one.candidate
    drawing = sparks.draw(report, one.fact)
    own = Text(one.words) if one.words else None
    begun, meant = (_filled(words, one) for words in (row.said, row.up if one.fact.up else row.down))
    svg = b""
    if folder := build_env.figures():
        files.write(drawing, f"{NAME}{row.id}", folder)
    else:
        svg = files.svg_bytes(drawing)
    side = "" if row.good == "none" else "good" if one.fact.up == (row.good == "up") else "bad"
    return Finding(row.id, own or begun, Text("") if own else meant, side, row.section, drawing.alt, svg)


def _filled(template: str, one: Chosen) -> Text:
    return Text("").join(one.fact.words[name]() if name else text for text, name in pieces(template))
