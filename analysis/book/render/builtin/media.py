"""Pictures of the book: found in the stage, gathered where all three formats take them from."""

from __future__ import annotations

import re
import shutil
from pathlib import Path, PurePosixPath

from analysis.base.errors import RenderError
from analysis.base.places import place_of
from analysis.book import written_at
from analysis.book.render.common.nodes import Node, plain_text, rewrite, value

FORMATS = ("svg", "png")
FOLDER = "figures"
WHERE = "where"
DESCRIBE = {
    True: "Добавьте в начало ячейки строку «#| fig-alt: что видно на рисунке».",
    False: 'Добавьте к рисунку {fig-alt="что на нем видно"}.',
}


def gather(blocks: list[Node], file: Path, stage: Path, work: Path) -> list[Node]:
    """Copy the pictures of a chapter to `work/figures` and point the images there.

    An image keeps no file extension when both kinds exist: each format adds the
    one it needs with `source`.

    Parameters
    ----------
    blocks
        Those of the chapter.
    file
        The staged chapter.
    stage, work
        Folders: of the stage, and of the renderer's own files.

    Returns
    -------
    list
        The blocks, images pointing at the copies.
    """
    return rewrite(blocks, {"Image": lambda node: gathered(node, file, stage, work)})


def gathered(node: Node, file: Path, stage: Path, work: Path) -> Node:
    """Return an image that points at the copy of its file, with its description.

    Parameters
    ----------
    node
        The image.
    file
        The staged chapter it stands in.
    stage, work
        Folders: of the stage, and of the renderer's own files.

    Returns
    -------
    Node
        The image, its description as `alt`.

    Raises
    ------
    RenderError
        It has no description, or there is no such file.

    """
    attributes, alt, (target, title) = node["c"]
    where = place(target, file)
    folder = work / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    own = target.startswith("media:")
    stem = target.removeprefix("media:") if own else copied(target, file, stage, folder, where)
    described = value(attributes, "fig-alt") or value(attributes, "alt") or plain_text(alt)
    if not described.strip():
        raise RenderError(f"{where} нет текстового описания. {DESCRIBE[own]}")
    keys = [[WHERE, where], *([key, val] for key, val in attributes[2] if key in ("width", "height"))]
    return {"t": "Image", "c": [["", attributes[1], [["alt", described], *keys]], [], [f"{FOLDER}/{stem}", title]]}


def place(target: str, file: Path) -> str:
    """Return where a picture is, in words a person knows; what it is called inside is told to nobody."""
    if found := re.fullmatch(r"media:.*-(\d+)-\d+", target):
        number = int(found[1])
        return f"{place_of(written_at.read(file)['cells'][number - 1], number).named(file.name)}: у рисунка из вывода"
    return f"{file.name}: у рисунка «{PurePosixPath(target).name}»"


def copied(target: str, file: Path, stage: Path, folder: Path, where: str) -> str:
    """Copy a picture in each form it has and return its name without the extension.

    Parameters
    ----------
    target
        What the image points at.
    file
        The staged chapter.
    stage
        Folder that the file must lie in.
    folder
        Where copies go.
    where
        The picture, as messages begin.

    Returns
    -------
    str
        The name without extension where both kinds exist, else with it.

    Raises
    ------
    RenderError
        It points into the network or out of the stage, or there is no such file.
    """
    if "://" in target:
        raise RenderError(f"{where} адрес в сети («{target}»), а книга читается без нее. Положите файл рядом с главой.")
    path = PurePosixPath(target)
    wanted = [path.suffix[1:]] if path.suffix[1:] in (*FORMATS, "jpg", "jpeg") else list(FORMATS)
    base = (file.parent / target) if len(wanted) > 1 else (file.parent / target).with_suffix("")
    found = [kind for kind in wanted if base.with_name(f"{base.name}.{kind}").is_file()]
    if not found or not base.resolve().is_relative_to(stage.resolve()):
        raise RenderError(f"{where} нет файла («{target}»). Проверьте, рисует ли его глава.")
    name = base.name if len(wanted) > 1 else f"{base.name}.{wanted[0]}"
    for kind in found:
        shutil.copyfile(base.with_name(f"{base.name}.{kind}"), folder / f"{base.name}.{kind}")
    return name


def source(node: Node, work: Path, kinds: tuple[str, ...]) -> str:
    """Return the path of an image, relative to `work`, in the first of the kinds that exists.

    Parameters
    ----------
    node
        An image that `gather` has settled.
    work
        Folder with the copies.
    kinds
        Extensions that the format can show, the best first.

    Returns
    -------
    str
        The path relative to `work`.

    Raises
    ------
    RenderError
        The picture has none of these kinds.
    """
    target = node["c"][2][0]
    if (work / target).is_file():
        if target.rpartition(".")[2] not in kinds:
            raise RenderError(
                f"{value(node['c'][0], WHERE)} нет вида, который нужен этому формату. Годится один из:"
                f" {', '.join(kinds)}."
            )
        return target
    for kind in kinds:
        if (work / f"{target}.{kind}").is_file():
            return f"{target}.{kind}"
    raise RenderError(
        f"{value(node['c'][0], WHERE)} нет изображения в виде {' или '.join(kinds)}, который нужен этому формату."
    )


def shown(attributes: list) -> list:
    """Return the attributes of a picture without what only messages need."""
    identifier, classes, keys = attributes
    return [identifier, classes, [[key, val] for key, val in keys if key != WHERE]]
