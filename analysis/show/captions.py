"""What stands with an exhibit in words: caption, note, sources."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.base import links
from analysis.catalogue.captions import Piece
from analysis.quantities import Text


@dataclass(frozen=True)
class Caption:
    """What stands with an exhibit: its caption, its note and where its data come from.

    Attributes
    ----------
    text : Text
    pieces : tuple of (Text, Piece)
        The note, piece by piece: its words, and what the table of exhibits makes of them (a link, a citation, a
        reference).
    sources : tuple of str
        Keys of `data/sources.bib`.
    """

    text: Text
    pieces: tuple[tuple[Text, Piece], ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def note(self) -> Text:
        """The note in words, a link followed by its address."""
        return Text("").join(
            words + f" ({piece.target})" if links.leads_out(piece.target) else words for words, piece in self.pieces
        )

    @property
    def note_markdown(self) -> str:
        """The note and the sources as one paragraph, empty where there is neither."""
        parts = (
            [f"Примечание – {''.join(_markdown(words, piece) for words, piece in self.pieces)}"] if self.pieces else []
        )
        if self.sources:
            word = "Источник" if len(self.sources) == 1 else "Источники"
            parts.append(f"{word}: {', '.join(f'[@{key}]' for key in self.sources)}.")
        return " ".join(parts)


def _markdown(words: Text, piece: Piece) -> str:
    if piece.target:
        return f"[{words.markdown()}]({piece.target})"
    return piece.markdown or words.markdown()
