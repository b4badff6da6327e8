"""Which words of a notebook compute a comparison, by what they compute: the owner of that list.

A word typed beside one of them says what the data say; a word typed alone is held by nothing.
"""

from __future__ import annotations

# First and last, and the order between them.
PLACES = frozenset(
    ("highest", "lowest", "top", "ordered", "rank", "ordinal", "contrasted", "pick", "which_way", "at_work_range")
)
# More or less than another.
COMPARISONS = frozenset(("choose", "more", "higher", "same", "apart", "rising", "falling", "worse_than_naive"))
# More or less than before.
DIRECTIONS = frozenset(("rose", "changed", "choose", "rising", "falling", "unchanged", "remeasured", "which_way"))
COMPUTING = {
    "place": PLACES,
    "comparison": PLACES | COMPARISONS,
    "direction": PLACES | DIRECTIONS,
    "cause": frozenset[str](),
}
