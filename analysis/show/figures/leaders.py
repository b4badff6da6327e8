"""Where the labels at the sides of a map stand, so that no leader runs over another place or another leader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.show.figures.labels import spread

LEFT, RIGHT = 0, 1
Sides = tuple[tuple[int, ...], tuple[int, ...]]  # places by number: of the left side and of the right, from below
ROUNDS = 40  # improvements tried one after another
_ACROSS, _LONG = 1.0, 1e-3  # what a crossing costs, and a leader as long as the map is wide


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


def halves(points: np.ndarray) -> Sides:
    """Return the western half of the places on the left and the eastern on the right, each from the south."""
    order = [int(place) for place in np.argsort(points[:, 0], kind="stable")]
    half = len(order) // 2
    return _by_height(points, order[:half]), _by_height(points, order[half:])


def levels(ground: Ground, sides: Sides) -> dict[int, float]:
    """Return the height of each label; those of a side keep the order that they are given in."""
    found: dict[int, float] = {}
    for side in sides:
        wanted = sorted(float(ground.points[place, 1]) for place in side)
        found |= dict(zip(side, spread(wanted, ground.pitch, *ground.span), strict=True))
    return found


def arranged(ground: Ground, sides: Sides) -> Sides:
    """Return the sides and the order of the labels with the fewest crossings that small changes lead to.

    Parameters
    ----------
    ground : Ground
    sides : tuple
        Where to begin.

    Returns
    -------
    tuple
        The sides: one label changed side, or two neighbours places, as long as that helps.
    """
    best = cost(ground, sides)
    for _ in range(ROUNDS):
        # The cheapest of all; of equals the first, so that the same data give the same picture.
        priced = [(cost(ground, other), other) for other in _changes(ground, sides)]
        price, other = min(priced, key=lambda pair: pair[0])
        if price >= best - 1e-9:
            break
        best, sides = price, other
    return sides


def cost(ground: Ground, sides: Sides) -> float:
    """Return how many circles and leaders the leaders of an arrangement cross, a little more for long ones."""
    heights = levels(ground, sides)
    order = [*sides[LEFT], *sides[RIGHT]]
    starts = ground.points[order]
    edges = [ground.edges[side] for side, places in enumerate(sides) for _ in places]
    ends = np.column_stack([edges, [heights[place] for place in order]])
    lengths = np.linalg.norm(ends - starts, axis=1).sum() / abs(ground.edges[RIGHT] - ground.edges[LEFT])
    return _ACROSS * (_circles(starts, ends, ground.radii[order]) + _leaders(starts, ends)) + _LONG * float(lengths)


def _changes(ground: Ground, sides: Sides) -> Iterator[Sides]:
    for side, places in enumerate(sides):
        for at in range(len(places) - 1):
            swapped = [*places[:at], places[at + 1], places[at], *places[at + 2 :]]
            yield _with(sides, side, swapped)
        for place in places:
            rest = [other for other in places if other != place]
            moved = _by_height(ground.points, [*sides[1 - side], place])
            yield _with(_with(sides, side, rest), 1 - side, moved)


def _with(sides: Sides, side: int, places: Sequence[int]) -> Sides:
    return (tuple(places), sides[RIGHT]) if side == LEFT else (sides[LEFT], tuple(places))


def _by_height(points: np.ndarray, places: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(places, key=lambda place: (points[place, 1], place)))


def _circles(starts: np.ndarray, ends: np.ndarray, radii: np.ndarray) -> int:
    """Return how often a leader runs over the circle of another place; where circles overlap it cannot but."""
    along = ends - starts
    square = (along**2).sum(axis=1)
    to_centre = starts[None, :, :] - starts[:, None, :]
    share = np.clip((to_centre * along[:, None, :]).sum(axis=2) / square[:, None], 0, 1)
    nearest = np.linalg.norm(to_centre - share[:, :, None] * along[:, None, :], axis=2)
    apart = np.linalg.norm(to_centre, axis=2) > radii[None, :]
    return int(((nearest < radii[None, :]) & apart).sum())


def _leaders(starts: np.ndarray, ends: np.ndarray) -> int:
    """Return how many pairs of leaders cross."""

    def side_of(one: np.ndarray, other: np.ndarray, points: np.ndarray) -> np.ndarray:
        along = (other - one)[:, None, :]
        there = points[None, :, :] - one[:, None, :]
        return np.sign(along[..., 0] * there[..., 1] - along[..., 1] * there[..., 0])

    parted = side_of(starts, ends, starts) * side_of(starts, ends, ends) < 0
    return int((parted & parted.T).sum()) // 2
