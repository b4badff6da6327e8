"""`report edition`: which editions there are, how far each is, and a new one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.base.errors import UsageError, did_you_mean
from analysis.cli.russian import Group, Quiet, argument, command, option

if TYPE_CHECKING:
    from analysis.editions.edition import Edition
    from analysis.filling.new import Made

edition = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help=(
        "Издания доклада: какие есть, чего в каждом не хватает, новое издание.\n\n\b\nПримеры:\n  report edition list\n"
        "  report edition status kemerovo-2021\n  report edition new tomsk-2022 --region RU-TOM --year 2021\n"
        "  report edition roll kemerovo-2021 2022"
    ),
)
_WORKBOOK = "{}-заполнить.xlsx"
Workbook = Annotated[
    Path | None,
    option("--output", "-o", metavar="ФАЙЛ", help="Куда записать книгу для заполнения: .xlsx. Без ключа – здесь."),
]


@command(edition, "list")
def listed() -> None:
    r"""Показать издания: регион, годы, сколько заполнено, собрано ли.

    \b
    Пример:
      report edition list
    """
    from analysis.catalogue import opened
    from analysis.cli.screen import console, table
    from analysis.editions.edition import available, read_edition
    from analysis.filling.fill_list import FILLED, fill_list
    from analysis.filling.status import Share, built, per_cent

    project, rows = opened(), []
    names = project.load("territories").set_index("id")["name"]
    for one in map(read_edition, available()):
        states = fill_list(project, one)["state"]
        share = per_cent(Share(int(states.eq(FILLED).sum()), len(states)))
        rows.append(
            (one.id, names[one.region], one.year, one.published, f"{share} %", "да" if built(one.id) else "нет")
        )
    heads = ["издание", "регион", "отчётный год", "выходит", "заполнено", "собрано"]
    console().print(table(heads, rows, right=["заполнено"]))


@command(edition, "status")
def state(
    name: Annotated[str, argument("ИЗДАНИЕ", help="Папка издания в data/editions.")],
    csv: Annotated[
        Path | None,
        option("--csv", metavar="ФАЙЛ", help="Записать весь список – строка на число – таблицей CSV для Excel."),
    ] = None,
    workbook: Annotated[
        Path | None,
        option("--xlsx", metavar="ФАЙЛ", help="Записать то, чего не хватает, книгой Excel, которую можно заполнить."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    r"""Показать, чего изданию не хватает: по таблицам, разделам и рисункам, и кто это даёт.

    \b
    Примеры:
      report edition status kemerovo-2021
      report edition status tomsk-2022 --xlsx заполнить.xlsx
      report edition status tomsk-2022 --csv чего-нет.csv
    """
    from analysis.base.files.output import check_output, write_output
    from analysis.catalogue import opened
    from analysis.cli import editions as shown
    from analysis.filling.status import status
    from analysis.filling.workbook import write_workbook
    from analysis.ingest.templates.template_files import check_template

    chosen = _edition(name)
    if csv is not None:
        check_output(csv, shown.WRITTEN)
    if workbook is not None:
        check_template(workbook)
    project = opened()
    found = status(project, chosen)
    if not quiet:
        shown.show(chosen, found)
    if csv is not None:
        write_output(shown.as_csv(found.listed), csv, shown.WRITTEN)
        if not quiet:
            typer.echo(f"Список: {csv} – строк: {len(found.listed)}.")
    if workbook is not None:
        write_workbook(project, chosen, workbook)
        if not quiet:
            typer.echo(f"Книга: {workbook}. Заполните и наберите: report ingest {workbook}")


@command(edition, "new")
def new(
    name: Annotated[str, argument("ИЗДАНИЕ", help="Имя новой папки в data/editions: tomsk-2022.")],
    region: Annotated[
        str, option("--region", metavar="РЕГИОН", help="Субъект федерации: RU-TOM, tomsk или «Томская область».")
    ],
    year: Annotated[int, option("--year", metavar="ГОД", help="Последний отчётный год; выходит издание годом позже.")],
    form: Annotated[
        str | None,
        option(
            "--from", metavar="ИЗДАНИЕ", help="Чью форму взять: какие таблицы, сколько лет. Без ключа – последнего."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        option("--as-of", metavar="ДАТА", help="День учёта выпускников: 2022-11-01. Без ключа – тот же, что у формы."),
    ] = None,
    output: Workbook = None,
    quiet: Quiet = False,
) -> None:
    r"""Начать издание: папка, настройки, пустые таблицы и книга Excel со всем, что нужно заполнить.

    Из другого издания берётся только форма; ни одной строки о другом регионе в новом нет.
    Регионы для сравнения предлагаются: соседи, свой округ, похожая отраслевая структура – причина стоит рядом.

    \b
    Примеры:
      report edition new tomsk-2022 --region RU-TOM --year 2021
      report edition new tatarstan-2022 --region "Республика Татарстан" --year 2021 --from kemerovo-2021
      report edition new kemerovo-2022 --region kemerovo --year 2021 --as-of 2022-11-01
    """
    from analysis.catalogue import opened
    from analysis.cli import editions as shown
    from analysis.filling.new import Asked, make_edition, remove_edition
    from analysis.filling.proposals import region_meant
    from analysis.filling.workbook import write_workbook
    from analysis.ingest.templates.template_files import check_template

    if form is not None:
        _edition(form)
    day = _day(as_of)
    territory = region_meant(opened(), region)
    file = output or Path(_WORKBOOK.format(name))
    made: Made = make_edition(opened(), Asked(name, territory, year, day, form), lambda: check_template(file))
    try:
        lacking = write_workbook(opened(), made.edition, file)
    except BaseException:
        # Nothing is left of an edition that could not be made whole.
        remove_edition(made.edition.id, made.edition.region if made.region_made else "")
        raise
    if not quiet:
        shown.show_new(made, lacking, file)


@command(edition, "roll")
def roll(
    name: Annotated[str, argument("ИЗДАНИЕ", help="Прошлое издание: папка в data/editions.")],
    year: Annotated[int, argument("ГОД", help="Год, в котором выйдет новое издание.")],
    statements: Annotated[
        Path | None,
        option(
            "--csv",
            metavar="ФАЙЛ",
            help=(
                "Куда записать таблицу утверждений прошлого издания для автора (CSV для Excel). По умолчанию –"
                " <новое издание>-утверждения.csv в текущей папке."
            ),
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        option(
            "--texts",
            metavar="ФАЙЛ",
            help=(
                "Куда записать, что стало с текстами прошлого издания (CSV для Excel). По умолчанию –"
                " <новое издание>-тексты.csv в текущей папке."
            ),
        ),
    ] = None,
    output: Workbook = None,
    quiet: Quiet = False,
) -> None:
    r"""Сделать из прошлого издания следующее: папку data/editions/<регион>-<год>.

    Годы и дата учёта сдвигаются. Слова региона – план, меры, проблемы, SWOT, перечни, сценарии, тексты – переходят с
    пометой «проверить» (таблица review): исправленное помету теряет само, верное и теперь – когда её строку удалят.
    Что говорит о печати прошлого года, и тексты, слова которых на новых числах неверны, остаются в прошлом издании;
    слова, которые пока нечем проверить, не печатаются. Что стало с каждым текстом и почему, сказано в таблице.
    Числовые таблицы министерства приходят пустыми: что заполнить, сказано в книге Excel.
    Утверждения прошлого издания проверяются на новых числах: держится, больше не держится, нечем проверить.
    Прогнозы прошлого издания сохраняются, если ещё не сохранены: новое издание сравнит их с тем, что наступило.

    \b
    Примеры:
      report edition roll kemerovo-2021 2022
      report edition roll kemerovo-2021 2022 --csv что-переписать.csv
      report diff kemerovo-2021 kemerovo-2022      что изменилось
    """
    from analysis.base.files.output import Kind, check_output, write_output
    from analysis.base.files.tables import for_excel
    from analysis.catalogue import opened
    from analysis.cli import rolled as shown
    from analysis.filling.workbook import write_workbook
    from analysis.ingest.templates.template_files import check_template
    from analysis.rolling.roll import roll as make
    from analysis.rolling.roll import take_back
    from analysis.rolling.shift import new_id

    named = new_id(_edition(name), year)
    table, book = statements or Path(f"{named}-утверждения.csv"), output or Path(_WORKBOOK.format(named))
    prose = texts or Path(f"{named}-тексты.csv")
    kind = Kind(heads=(shown.HEADS, shown.TEXT_HEADS))

    def writable() -> None:
        check_output(table, kind)
        check_output(prose, kind)
        check_template(book)

    made = make(name, year, writable)
    try:
        lacking = write_workbook(opened(), made.edition, book)
        if len(made.statements):
            write_output(for_excel(shown.HEADS, made.statements.itertuples(index=False)), table, kind)
        if len(made.texts):
            write_output(for_excel(shown.TEXT_HEADS, made.texts.itertuples(index=False)), prose, kind)
    except BaseException:
        # Nothing is left of an edition that could not be made whole.
        take_back(made)
        raise
    if not quiet:
        for sentence in shown.told(made, (table, prose), book, lacking):
            typer.echo(sentence)


def _edition(name: str) -> Edition:
    from analysis.editions.edition import available, read_edition

    if name not in (known := available()):
        raise UsageError(f"Нет издания «{name}» в папке data/editions.{did_you_mean(name, known)}")
    return read_edition(name)


def _day(said: str | None) -> date | None:
    if said is None:
        return None
    try:
        return datetime.strptime(said, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise UsageError(f"Дата «{said}» записана не так. Нужно: 2022-11-01.") from None
