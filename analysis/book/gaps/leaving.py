"""Leaving out of a book what rests on a gap, and what cannot stand without that, until nothing more has to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from analysis.base import gaps as known
from analysis.base import inline
from analysis.base.gaps import Gap, Unsaid
from analysis.base.markdown import without_comments
from analysis.book.gaps import flow, frames, passages, shown, told, unsaid_words
from analysis.book.gaps.flow import Block
from analysis.book.gaps.references import Reference, dead, pruned
from analysis.book.gaps.told import LeftOut

# The div that the list of what is left out stands in: with nothing to list its section says nothing.
PLACE = "left-out"
_KINDS = {
    flow.PARAGRAPH: told.PARAGRAPH,
    flow.ITEM: told.ITEM,
    flow.NOTE: told.NOTE,
    flow.TABLE: told.TABLE,
    flow.CAPTION: told.TABLE,
    flow.HTML: told.TABLE,
    flow.TITLE: told.PARAGRAPH,
    flow.OTHER: told.PARAGRAPH,
}
_PROSE = (flow.PARAGRAPH, flow.ITEM)


@dataclass
class Chapter:
    """A chapter on the way: its cells, its blocks, what its expressions lack and say."""

    file: str
    cells: list[NotebookNode]
    blocks: list[Block]
    lacks: list[dict[str, tuple[Gap, ...]]]
    says: list[dict[str, str]]
    marked: frozenset[str]
    notebook: NotebookNode
    unsaid: Mapping[Block, Sequence[Unsaid]]

    @property
    def executed(self) -> bool:
        """Whether it is a notebook and no plain text file."""
        return self.file.endswith(".ipynb")

    @classmethod
    def of(cls, file: str, notebook: NotebookNode, unsaid: Sequence[Unsaid] = ()) -> Chapter:
        """Return a chapter as its kernel left it.

        Parameters
        ----------
        file
            As `_quarto.yml` names it.
        notebook
            The executed chapter.
        unsaid
            Words that are not to be printed, of any chapter.

        Returns
        -------
        Chapter
        """
        cells = list(notebook.cells)
        lacks = [
            {expression: told.gaps_of(records) for expression, records in cell.metadata.get(known.METADATA, {}).items()}
            for cell in cells
        ]
        says = [inline.values(cell) if cell.cell_type == "markdown" else {} for cell in cells]
        blocks = flow.blocks(cells)
        marked = frozenset(name for block in blocks for name in frames.marks_of(block.text))
        return cls(file, cells, blocks, lacks, says, marked, notebook, unsaid_words.by_block(blocks, unsaid))

    @property
    def lacking(self) -> bool:
        """Whether anything in it is missing."""
        return any(self.lacks) or bool(self.unsaid) or any(block.kind == flow.LOST for block in self.blocks)


@dataclass
class Leaving:
    """The whole book on the way.

    Attributes
    ----------
    chapters : list of Chapter
        In the order of the book.
    dead : dict
        What nothing may refer to any more, a label or a file, with what is missing for it.
    left : list of LeftOut
        What was left out so far, each with the block it went with.
    """

    chapters: list[Chapter]
    dead: dict[str, tuple[Gap, ...]] = field(default_factory=dict)
    left: list[tuple[Block, LeftOut]] = field(default_factory=list)

    def run(self) -> None:
        """Leave out until nothing changes."""
        lacking = any(chapter.lacking for chapter in self.chapters)
        if not lacking:
            self._without_place()
        while sum(self._pass(chapter) for chapter in self.chapters):  # not `any`: it would stop at the first
            pass
        if not lacking:
            self.left.clear()  # the list itself, and what spoke of it

    def gone(self) -> frozenset[str]:
        """Return the files of the chapters of which nothing is left."""
        return frozenset(chapter.file for chapter in self.chapters if chapter.file in self.dead)

    def _without_place(self) -> None:
        """Drop the section that would list what is left out."""
        for chapter in self.chapters:
            for place, block in enumerate(chapter.blocks):
                if block.kind == flow.OPEN and block.label == PLACE:
                    heading = frames.heading_above(chapter.blocks, place)
                    for one in frames.section(chapter.blocks, heading) if heading else [block]:
                        one.gone = True
                        self.dead |= dict.fromkeys(flow.labels(one), ())
                    self._close_divs(chapter)

    def _pass(self, chapter: Chapter) -> bool:
        """Leave out of one chapter what cannot be printed now; tell whether anything changed."""
        if chapter.file in self.dead:
            return False
        changed = False
        for block in chapter.blocks:
            if not block.gone:
                changed |= self._judge(chapter, block)
        changed |= self._notes(chapter)
        changed |= self._close_divs(chapter)
        return self._headings(chapter) or changed

    def _judge(self, chapter: Chapter, block: Block) -> bool:
        if block.kind == flow.LOST and block.label == known.SECTION:
            heading = frames.heading_above(chapter.blocks, chapter.blocks.index(block))
            cause = told.gaps_of(block.records)
            return self._section(chapter, heading, cause) if heading else self._drop(chapter, block, cause, told.LIST)
        if block.kind == flow.LOST:
            return self._drop(chapter, block, told.gaps_of(block.records), kind_of(block))
        if block.kind == flow.OUTPUT:
            return self._exhibit(chapter, block)
        if block.kind in (flow.OPEN, flow.CLOSE):
            return False
        before = block.text
        # A heading refers too, and so does a caption: a parenthesis is pruned wherever it stands.
        if self.dead and (shorter := pruned(block.text, set(self.dead))) != before:
            block.text = shorter
        begins = block.begins
        if block.text != before and not passages.says(block.text, begins):
            return self._drop(chapter, block, (), kind_of(block))
        spots, causes = self._spots(chapter, block)
        return (self._leave(chapter, block, spots, told.merged(causes)) if spots else False) or block.text != before

    def _spots(self, chapter: Chapter, block: Block) -> tuple[list[passages.Spot], list[tuple[Gap, ...]]]:
        """Return the places of a block that cannot be printed, and what is missing for each."""
        lacks, says = chapter.lacks[block.cell], chapter.says[block.cell]
        spots: list[passages.Spot] = []
        causes: list[tuple[Gap, ...]] = []

        def add(start: int, end: int, cause: Iterable[tuple[Gap, ...]]) -> None:
            spots.append(passages.Spot(start, end))
            causes.append(told.merged(cause))

        for start, end, expression in (
            inline.spans(without_comments(block.text)) if lacks or (says and self.dead) else ()
        ):
            if expression in lacks:
                add(start, end, [lacks[expression]])
            elif found := dead(says.get(expression, ""), chapter.file, set(self.dead)):
                add(start, end, self._causes(found))
        for one in dead(block.text, chapter.file, set(self.dead)):
            add(one.start, one.end, self._causes([one]))
        for words in chapter.unsaid.get(block, ()):
            if there := unsaid_words.pattern(words.words).search(block.text):
                add(*there.span(), [words.gaps])
        return spots, causes

    def _causes(self, found: Iterable[Reference]) -> Iterator[tuple[Gap, ...]]:
        return (self.dead[name] for one in found for name in one.names if name in self.dead)

    def _leave(self, chapter: Chapter, block: Block, spots: list[passages.Spot], cause: tuple[Gap, ...]) -> bool:
        """Leave out of a block what rests on its spots."""
        begins = block.begins
        if block.kind == flow.HEADING:
            return self._section(chapter, block, cause)
        if exhibit := frames.exhibit_around(chapter.blocks, block):
            return self._drop_all(chapter, exhibit, cause)
        if block.kind in (flow.TABLE, flow.HTML) and not self._refers(chapter, block):
            asked = [(start, end) for start, end, _ in inline.spans(block.text)]
            if (rest := passages.rows_without(block.text, spots, asked)) is not None:
                block.text = rest
                self._note(chapter, block, cause, told.PLACE)
                return True
        if block.kind in _PROSE or block.kind == flow.NOTE:
            left = passages.without(block.text, spots, begins=begins, whole=block.kind == flow.ITEM)
            if left.text is not None and passages.says(left.text, begins):
                return self._shorten(chapter, block, left.text, cause, left.sentences)
        return self._drop(chapter, block, cause, kind_of(block))

    def _refers(self, chapter: Chapter, block: Block) -> bool:
        return bool(dead(block.text, chapter.file, set(self.dead)))

    def _shorten(self, chapter: Chapter, block: Block, text: str, cause: tuple[Gap, ...], sentences: int) -> bool:
        """Keep a block without some of its sentences; what only the last of them introduced goes too."""
        introduced = passages.introduces(block.text) and not passages.introduces(text)
        self._lose(flow.labels(block) - flow.labels(Block(block.kind, 0, 0, 0, text)), cause)
        block.text = text
        for _ in range(sentences):
            self._note(chapter, block, cause, told.SENTENCE)
        if introduced:
            self._drop_list_below(chapter, block, cause)
        return True

    def _drop(self, chapter: Chapter, block: Block, cause: tuple[Gap, ...], kind: str) -> bool:
        """Leave a block out, with what hangs on it."""
        self._note(chapter, block, cause, kind)
        return self._vanish(chapter, block, cause)

    def _vanish(self, chapter: Chapter, block: Block, cause: tuple[Gap, ...], below: bool = True) -> bool:
        block.gone = True
        self._lose(flow.labels(block), cause)
        if below and passages.introduces(block.text):
            self._drop_list_below(chapter, block, cause)
        for child in frames.children(chapter.blocks, block):
            child.gone = True
            self._lose(flow.labels(child), cause)
        if block.kind in (flow.LOST, flow.OUTPUT):
            for other in frames.title_above(chapter.blocks, block):
                other.gone = True
        if block.kind in (flow.TABLE, flow.CAPTION):
            for other in frames.beside(chapter.blocks, block):
                other.gone = True
                self._lose(flow.labels(other), cause)
        if block.kind == flow.ITEM:
            frames.mend_list(chapter.blocks, block)
        if frames.ends_what_is_introduced(chapter.blocks, block):
            self._drop_introduction(chapter, block, cause)
        return True

    def _drop_list_below(self, chapter: Chapter, block: Block, cause: tuple[Gap, ...]) -> None:
        for item in frames.list_below(chapter.blocks, block):
            item.gone = True
            self._lose(flow.labels(item), cause)

    def _drop_introduction(self, chapter: Chapter, block: Block, cause: tuple[Gap, ...]) -> None:
        """Leave out the sentence with a colon that introduced what is gone."""
        above = frames.above(chapter.blocks, block)
        if above is None or above.kind not in _PROSE:
            return
        begins = above.begins
        spot = passages.last_words(above.text, begins)
        if spot is None:
            return
        left = passages.without(above.text, [spot], begins=begins, whole=above.kind == flow.ITEM)
        if left.text is not None and passages.says(left.text, begins):
            self._lose(flow.labels(above) - flow.labels(Block(above.kind, 0, 0, 0, left.text)), cause)
            above.text = left.text
        else:
            self._vanish(chapter, above, cause, below=False)

    def _drop_all(self, chapter: Chapter, blocks: list[Block], cause: tuple[Gap, ...]) -> bool:
        self._note(chapter, blocks[0], cause, kind_of(blocks[0]))
        for block in blocks:
            block.gone = True
            self._lose(flow.labels(block), cause)
        return True

    def _exhibit(self, chapter: Chapter, block: Block) -> bool:
        """Leave out of an exhibit's note what refers to nothing; the exhibit where its own words do."""
        gone = set(self.dead)
        if not gone or not dead(block.text, chapter.file, gone):
            return False
        text: str | None = pruned(block.text, gone)
        if text and dead(text, chapter.file, gone):
            text = shown.without(text, lambda words: dead(words, chapter.file, gone))
        if text is None:
            cause = told.merged(self._causes(dead(block.text, chapter.file, gone)))
            return self._drop(chapter, block, cause, kind_of(block))
        block.text = text
        return True

    def _notes(self, chapter: Chapter) -> bool:
        """Take marks of footnotes that are gone out of the text, and footnotes without marks out of the chapter."""
        return frames.settle_notes(chapter.blocks, chapter.marked)

    def _close_divs(self, chapter: Chapter) -> bool:
        """Drop what only framed something left out."""
        changed = False
        for frame in frames.empty_divs(chapter.blocks):
            for block in frame:
                block.gone = True
                self._lose(flow.labels(block), ())
            changed = True
        return changed

    def _headings(self, chapter: Chapter) -> bool:
        """Drop headings with nothing left below them."""
        changed = False
        for heading in frames.empty_sections(chapter.blocks):
            if heading.level == 1 and not chapter.executed:
                continue  # a cover without words is still a cover
            within = frames.section(chapter.blocks, heading)
            cause = told.merged(entry.gaps for block, entry in self.left if block in within)
            changed |= self._section(chapter, heading, cause)
        return changed

    def _section(self, chapter: Chapter, heading: Block, cause: tuple[Gap, ...]) -> bool:
        """Leave a section out whole; of what was left out within it only the section is told."""
        whole = heading.level == 1
        within = chapter.blocks if whole else frames.section(chapter.blocks, heading)
        inside = [(block, entry) for block, entry in self.left if block in within]
        cause = told.merged([cause, *(entry.gaps for _, entry in inside)])
        self.left = [(block, entry) for block, entry in self.left if block not in within]
        self._note(chapter, heading, cause, told.CHAPTER if whole else told.SECTION)
        for block in within:
            block.gone = True
            self._lose(flow.labels(block), cause)
        if whole:
            self.dead[chapter.file] = cause
        return True

    def _lose(self, names: Iterable[str], cause: tuple[Gap, ...]) -> None:
        for name in names:
            self.dead.setdefault(name, cause)

    def _note(self, chapter: Chapter, block: Block, cause: tuple[Gap, ...], kind: str) -> None:
        section, title = frames.place(chapter.blocks, block, chapter.says)
        self.left.append((block, LeftOut(chapter.file, section, title, kind, cause, block.label)))


def kind_of(block: Block) -> str:
    """Return what a reader calls a block."""
    if block.kind in (flow.LOST, flow.OUTPUT):
        return {"fig": told.FIGURE, "tbl": told.TABLE}.get(block.label[:3], told.LIST)
    if any(label.startswith("fig-") for label in flow.labels(block)):
        return told.FIGURE
    return _KINDS.get(block.kind, told.PARAGRAPH if block.kind != flow.OPEN else told.TABLE)
