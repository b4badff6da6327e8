"""How an outcome indicator stands: in a word and in a sign, so that nobody needs the colour."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.quantities import Text
from analysis.quantities.text import chosen
from analysis.show.directions import direction
from analysis.show.panel.items import Measured

GOOD, BAD, NEUTRAL = "good", "bad", ""
REACHED, MISSED, BETTER, WORSE, SAME, ALONE, NEITHER = "✔", "✖", "▲", "▼", "=", "○", "◇"
WORDS = {
    REACHED: "цель достигнута",
    MISSED: "цель не достигнута",
    BETTER: "лучше",
    WORSE: "хуже",
    SAME: "так же",
    ALONE: "новый",
    NEITHER: "без оценки",
}
TONES = {REACHED: GOOD, MISSED: BAD, BETTER: GOOD, WORSE: BAD}


@dataclass(frozen=True)
class State:
    """How an indicator stands.

    Attributes
    ----------
    sign : str
        One of the keys of `WORDS`.
    words : Text
        What the sign says, with the numbers that decided.
    """

    sign: str
    words: Text

    @property
    def tone(self) -> str:
        """One of `GOOD`, `BAD`, `NEUTRAL`: whether the state is good for graduates."""
        return TONES.get(self.sign, NEUTRAL)


def state(it: Measured, steady: float) -> State:
    """Return how an indicator that has a value stands: against its target, else against the year before.

    Parameters
    ----------
    it : Measured
    steady : float
        The change that is still none, as for `analysis.show.directions.direction`.

    Raises
    ------
    GapError
        It has no value.
    """
    now = it.known
    up = it.row.better == "up"
    if it.target:
        reached = now >= it.target.value if up else now <= it.target.value
        sign = REACHED if reached else MISSED
        return State(sign, chosen(WORDS[sign], "значение и цель", now, it.target.value))
    if it.row.better == "none":
        return State(NEITHER, Text(WORDS[NEITHER]))
    if it.before is None:
        return State(ALONE, Text(WORDS[ALONE]))
    moved = direction(now, it.before, steady)
    sign = SAME if not moved else BETTER if (moved > 0) == up else WORSE
    return State(sign, chosen(WORDS[sign], "изменение за год и куда лучше", now, it.before))
