"""Where the labels at the sides of a map stand, so that no leader runs over another place or another leader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.show.figures.labels import spread

LEFT, RIGHT = 0, 1
ROUNDS = 40  # improvements tried one after another
PAIRED = 6  # places that are looked at where one change does not help
LIFTS = range(-4, 5)  # by how many labels one is moved from the height of its place
_LONG = 1e-3  # what a leader as long as the map is wide costs beside a crossing


@dataclass(frozen=True)
class Ground:
    """The places of a map and the room for their labels, all in the units of the map.

    Attributes
    ----------
    points : numpy.ndarray
        A row (x, y) each.
    radii : numpy.ndarray
        Of their circles.
    edges : tuple of (float, float)
        Where the labels of the left and of the right side begin.
    pitch : float
        The height of a label.
    span : tuple of (float, float)
        The lowest and the highest level of a label.
    """

    points: np.ndarray
    radii: np.ndarray
    edges: tuple[float, float]
    pitch: float
    span: tuple[float, float]


class Labels(NamedTuple):
    """How the labels stand: the side of each place, and by how many labels it is moved up from the place's height."""

    sides: tuple[int, ...]
    lifts: tuple[int, ...]

    def of(self, side: int) -> list[int]:
        """Return the places whose labels stand on a side."""
        return [place for place, there in enumerate(self.sides) if there == side]


def halves(points: np.ndarray) -> Labels:
    """Return the western half of the places on the left and the eastern on the right, each at its own height."""
    order = np.argsort(points[:, 0], kind="stable")
    sides = np.full(len(points), RIGHT)
    sides[order[: len(points) // 2]] = LEFT
    return Labels(tuple(map(int, sides)), (0,) * len(points))


def levels(ground: Ground, labels: Labels) -> dict[int, float]:
    """Return the height of the label of each place."""
    found: dict[int, float] = {}
    for side in (LEFT, RIGHT):
        places = labels.of(side)
        wanted = [float(ground.points[place, 1]) + labels.lifts[place] * ground.pitch for place in places]
        found |= dict(zip(places, spread(wanted, ground.pitch, *ground.span), strict=True))
    return found


def arranged(ground: Ground, labels: Labels) -> Labels:
    """Return the labels with the fewest crossings that small changes lead to.

    Parameters
    ----------
    ground : Ground
    labels : Labels
        Where to begin.

    Returns
    -------
    Labels
        One label at a time changed side or height, as long as that helps; where it does not, one that crosses and
        another.
    """
    best = cost(ground, labels)
    for _ in range(ROUNDS):
        if best < 1:  # nothing is crossed
            break
        price, other = _cheapest(ground, _changes(ground, labels, range(len(labels.sides))))
        if price >= best - 1e-9:
            price, other = _cheapest(ground, _pairs(ground, labels))
        if price >= best - 1e-9:
            break
        best, labels = price, other
    return labels


def _cheapest(ground: Ground, several: Iterable[Labels]) -> tuple[float, Labels]:
    """Return the cheapest with its cost; of equals the first, so that the same data give the same picture."""
    return min(((cost(ground, labels), labels) for labels in several), key=lambda pair: pair[0])


def cost(ground: Ground, labels: Labels) -> float:
    """Return how many circles and leaders the leaders cross, and a little for their length."""
    ends = _ends(ground, labels)
    lengths = np.linalg.norm(ends - ground.points, axis=1) / abs(ground.edges[RIGHT] - ground.edges[LEFT])
    return float(_crossings(ground, ends).sum() + _LONG * lengths.sum())


def _ends(ground: Ground, labels: Labels) -> np.ndarray:
    """Return where the leader of each place ends, a row (x, y) each."""
    heights = levels(ground, labels)
    edges = [ground.edges[side] for side in labels.sides]
    return np.column_stack([edges, [heights[place] for place in range(len(edges))]])


def _pairs(ground: Ground, labels: Labels) -> Iterator[Labels]:
    """Yield two changes at once: of a place whose leader crosses something, and of one beside it."""
    crossing = np.flatnonzero(_crossings(ground, _ends(ground, labels))).tolist()
    for place in crossing[:PAIRED]:
        apart = np.linalg.norm(ground.points - ground.points[place], axis=1)
        beside = [int(other) for other in np.argsort(apart, kind="stable") if other != place][:PAIRED]
        for changed in _changes(ground, labels, [place]):
            yield from _changes(ground, changed, beside)


def _changes(ground: Ground, labels: Labels, places: Iterable[int]) -> Iterator[Labels]:
    room = (ground.span[1] - ground.span[0]) / ground.pitch
    for place in places:
        side = labels.sides[place]
        for there in (LEFT, RIGHT):
            if there != side and len(labels.of(there)) + 1 > room:
                continue  # that side is full
            for lift in LIFTS:
                if (there, lift) != (side, labels.lifts[place]):
                    yield Labels(_with(labels.sides, place, there), _with(labels.lifts, place, lift))


def _with(values: tuple[int, ...], place: int, value: int) -> tuple[int, ...]:
    return (*values[:place], value, *values[place + 1 :])


def _crossings(ground: Ground, ends: np.ndarray) -> np.ndarray:
    """Return how much the leader of each place crosses: circles of others, and half of each pair of leaders."""
    return _circles(ground.points, ends, ground.radii) + _leaders(ground.points, ends) / 2


def _circles(starts: np.ndarray, ends: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Return over how many circles of other places each leader runs; where circles overlap it cannot but."""
    along = ends - starts
    square = (along**2).sum(axis=1)
    to_centre = starts[None, :, :] - starts[:, None, :]
    share = np.clip((to_centre * along[:, None, :]).sum(axis=2) / square[:, None], 0, 1)
    nearest = np.linalg.norm(to_centre - share[:, :, None] * along[:, None, :], axis=2)
    apart = np.linalg.norm(to_centre, axis=2) > radii[None, :]
    return ((nearest < radii[None, :]) & apart).sum(axis=1)


def _leaders(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return how many other leaders each one crosses."""

    def side_of(one: np.ndarray, other: np.ndarray, points: np.ndarray) -> np.ndarray:
        along = (other - one)[:, None, :]
        there = points[None, :, :] - one[:, None, :]
        return np.sign(along[..., 0] * there[..., 1] - along[..., 1] * there[..., 0])

    parted = side_of(starts, ends, starts) * side_of(starts, ends, ends) < 0
    return (parted & parted.T).sum(axis=1)
