"""Which findings the first page tells, and in which order: by one rule from the data, and by the author's word.

The score of a finding is its rarity (`facts.Fact.rarity`: how likely another case of the kind is less remarkable, by
the rule of succession) times its weight (`candidates.WEIGHTS`: graduates themselves before their training, their
training before the market). What is no more remarkable than half of its cases is no finding, unless it is about
graduates. Of one indicator the best is told, of one section two at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from analysis.base import build_env
from analysis.base.errors import DataError, did_you_mean
from analysis.quantities import Text
from analysis.show.face import Report
from analysis.show.findings.candidates import WEIGHTS, Candidate, candidates
from analysis.show.findings.facts import Fact, fact

MOST = 6
OF_SECTION = 2


@dataclass(frozen=True)
class Choice:
    """The author's word on what the rule would tell.

    Attributes
    ----------
    ahead : tuple of str
        Keys of findings that are told first, in this order, however often such happens.
    left : frozenset of str
        Keys of those that are not told.
    words : mapping of str to str
        Sentences of the author's own, by key.
    """

    ahead: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)

    def first(self, *keys: str) -> Choice:
        """Tell these first, in this order; those of which there is nothing true to tell are passed over."""
        return replace(self, ahead=keys)

    def without(self, *keys: str) -> Choice:
        """Do not tell these."""
        return replace(self, left=self.left | set(keys))

    def saying(self, key: str, words: str) -> Choice:
        """Tell this one in a sentence of the author's own, without its stop.

        Raises
        ------
        DataError
            No number of the data stands in them.
        """
        # At a desk words carry nothing.
        if build_env.cards_wanted() and not Text(words).quantities:
            problem = f"Главное: в словах вывода «{key}» нет числа, у которого есть карточка"
            raise DataError(f'{problem}. Вставьте его словами главы: f"… {{pct(величина)}} …".')
        return replace(self, words={**self.words, key: words})


def main_points() -> Choice:
    """Return what the first page tells where its author says nothing: the findings that the data rank highest.

    Examples
    --------
    >>> print(main_points().first("outcomes").without("interns").ahead)
    ('outcomes',)
    """
    return Choice()


@dataclass(frozen=True)
class Chosen:
    """A finding that is told."""

    candidate: Candidate
    fact: Fact
    score: float
    words: str = ""


def score(candidate: Candidate, found: Fact) -> float:
    """Return by how much a finding is worth telling before others."""
    return found.rarity * WEIGHTS[candidate.nearness]


def choose(report: Report, choice: Choice) -> list[Chosen]:
    """Return the findings that the first page tells, in their order.

    Parameters
    ----------
    report : Report
    choice : Choice
        The author's word.

    Returns
    -------
    list of Chosen
        At most `MOST`; none where nothing is known.

    Raises
    ------
    DataError
        The author names a finding that no table has.
    """
    rows = {candidate.id: candidate for candidate in candidates(report)}
    for key in (*choice.ahead, *choice.left, *choice.words):
        if key not in rows:
            raise DataError(f"Главное: вывода «{key}» в таблице findings нет.{did_you_mean(key, rows)}")
    found = {
        key: it for key, row in rows.items() if key not in choice.left and (it := fact(report, row)) and it.notable
    }
    known = {key: Chosen(rows[key], it, score(rows[key], it), choice.words.get(key, "")) for key, it in found.items()}
    ahead = [known[key] for key in choice.ahead if key in known]
    told = [one for one in known.values() if rare(one) or one.words]
    # Equal scores keep the order of the table.
    return [*ahead, *_unlike(ahead, sorted(told, key=lambda one: -one.score))][:MOST]


def rare(one: Chosen) -> bool:
    """Tell whether a finding is more remarkable than half of its cases; one about graduates need not be."""
    return one.candidate.kind == "share" or one.fact.rarity > 1 / 2


def _unlike(ahead: Iterable[Chosen], ranked: Iterable[Chosen]) -> Iterator[Chosen]:
    """Yield those that tell of something else than what stands before them."""
    seen = {one.candidate.indicator for one in ahead}
    sections = Counter(one.candidate.section for one in ahead)
    for one in ranked:
        if one.candidate.indicator not in seen and sections[one.candidate.section] < OF_SECTION:
            seen.add(one.candidate.indicator)
            sections[one.candidate.section] += 1
            yield one
