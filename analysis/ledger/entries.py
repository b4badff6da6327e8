"""A statement with its verdict, and what follows from the parts of its check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.base.gaps import Gap
from analysis.ledger import verdicts
from analysis.ledger.answers import CONTRADICTED, Answer, worst
from analysis.quantities import Observation, Text
from analysis.show.wording import capital, joined


@dataclass(frozen=True)
class Part:
    """One formula of a reading and how the statement stands to it.

    Attributes
    ----------
    reading : int
        Parts of one reading hold together; readings of one ground stand side by side.
    ground : str
        `edition` or `official`.
    where : str
        The table or the series in words («таблица 3»).
    subject : str
        What the formula computes, in words.
    formula : str
        The formula, its relation and what it is compared with.
    answer : Answer or None
        None where the data do not allow an answer; `trouble` then says why, and `gaps` what is missing.
    sources : tuple of Observation
        What both sides rest on.
    """

    reading: int
    ground: str
    where: str
    subject: str
    formula: str
    answer: Answer | None
    sources: tuple[Observation, ...] = ()
    trouble: str = ""
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A statement with its verdict.

    Attributes
    ----------
    id, section, text, kind, printed, note, locator, adopted : str
        As the table of statements gives them.
    parts : tuple of Part
        Its own formulas, each checked.
    own, official : str
        The results on the two grounds: one of `answers.RESULTS`, mixed, or empty.
    verdict : str
        Id of `data/codes/verdicts.csv`.
    sources : tuple of Observation
        What the verdict rests on: its own parts, and where it is contradicted the other readings of its sentence.
    reading : str
        Which reading of its sentence the statement is, in words; empty where the sentence leaves nothing open.
    right : Text
        One sentence of what is right, empty where nothing differs.
    why : str
        Why it cannot be checked, empty where it can.
    """

    id: str
    section: str
    text: str
    kind: str
    printed: str
    note: str
    locator: str
    adopted: str
    parts: tuple[Part, ...]
    own: str
    official: str
    verdict: str
    sources: tuple[Observation, ...] = ()
    reading: str = ""
    right: Text = field(default_factory=Text)
    why: str = ""

    @property
    def found(self) -> Text:
        """What the data say, from the part that decides the verdict."""
        part = decisive(self.parts, self.verdict)
        return part.answer.found if part and part.answer else Text("")

    @property
    def refuted(self) -> bool:
        """Whether the data contradict it, whichever way."""
        return self.verdict in verdicts.REFUTED


def readings(parts: tuple[Part, ...], ground: str) -> list[str]:
    """Return the results of the readings on one ground; a reading with a part that has no answer has none."""
    grouped: dict[int, list[Answer | None]] = {}
    for part in parts:
        if part.ground == ground:
            grouped.setdefault(part.reading, []).append(part.answer)
    return [worst(answer.result for answer in answers if answer) for answers in grouped.values() if all(answers)]


def decisive(parts: tuple[Part, ...], verdict: str) -> Part | None:
    """Return the part that decides: the first that differs on the ground of the verdict, else the first answered."""
    result = verdict if verdict in verdicts.SLIPS else CONTRADICTED
    grounds = {
        "contradicted-edition": (verdicts.OWN,),
        "contradicted-official": (verdicts.OFFICIAL,),
        "definitions": (verdicts.OFFICIAL,),
    }
    wrong = [
        part
        for part in parts
        if part.answer and part.answer.result == result and part.ground in grounds.get(verdict, (part.ground,))
    ]
    answered = [part for part in parts if part.answer]
    if verdict in verdicts.DIFFERING:
        return wrong[0] if wrong else None
    return answered[0] if answered else None


def right(
    parts: tuple[Part, ...], verdict: str, definition: str, reading: str = "", holding: Iterable[str] = ()
) -> Text:
    """Return the sentence of what is right, empty where nothing differs.

    Parameters
    ----------
    parts : tuple of Part
        The checks of the statement.
    verdict : str
        Id of `data/codes/verdicts.csv`.
    definition : str
        How the statement's definition differs from that of the official series, in words.
    reading : str
        Which reading of its sentence the statement is.
    holding : iterable of str
        The readings of the same sentence that hold.

    Returns
    -------
    Text
        With the place it rests on; numbers in it remember where they come from.
    """
    if verdict not in verdicts.DIFFERING:
        return Text("")
    part = decisive(parts, verdict)
    if part is None or part.answer is None:
        return Text("")
    tail = ""
    if verdict == "definitions":
        tail = f"; {definition}"
    elif verdict == "contradicted-reading":
        tail = _beside(reading, list(holding)) or _otherwise(parts, part)
    return Text(f"{capital(part.answer.right)} ({part.where}){tail}.")


def _beside(reading: str, holding: list[str]) -> str:
    """Return which reading of the sentence is wrong and which are right."""
    if not holding:
        return ""
    others = joined(f"«{name}»" for name in holding)
    return f"; неверно прочтение «{reading}», {'верны' if len(holding) > 1 else 'верно'} – {others}"


def _otherwise(parts: tuple[Part, ...], wrong: Part) -> str:
    """Return in which other reading on the same ground the statement is right."""
    other = next(
        (part for part in parts if part.ground == wrong.ground and part.reading != wrong.reading and part.answer), None
    )
    return f"; в другом прочтении верно: {other.subject} – {other.answer.found}" if other and other.answer else ""
