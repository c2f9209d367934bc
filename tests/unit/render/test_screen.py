"""What a page for a terminal is made of, laid out."""

from tests.each import each

from involve_audit.render.screen import (
    BLANK_LINE,
    Column,
    Paragraph,
    Screen,
    Table,
    below,
    entry,
    heading,
    laid_out,
    notes_in_short,
    part,
)

LONG = "one two three four five six seven eight nine ten"
WIDE = " ".join([LONG] * 4)


def lines(*blocks: object, width: int = 20, colour: bool = False) -> list[str]:
    return laid_out(blocks, width, colour).splitlines()  # type: ignore[arg-type]


def test_words_are_wrapped_and_a_lead_moves_all_lines_in() -> None:
    assert lines(Paragraph("one two three four five")) == ["one two three four", "five"]
    assert lines(entry("one two three four")) == ["  - one two three", "    four"]
    assert lines(below("one two three four")) == ["      one two three", "      four"]


def test_text_is_never_markup_nor_a_command_to_the_terminal() -> None:
    assert lines(Paragraph("[bold]a[/bold] \x1b[31m :smile:"), width=40) == ["[bold]a[/bold] \ufffd[31m :smile:"]


def test_only_colour_writes_escape_sequences() -> None:
    assert lines(heading("Title"), colour=True) == ["\x1b[1mTitle\x1b[0m"]
    assert lines(heading("Title")) == ["Title"]


def test_a_part_without_anything_in_it_is_left_out() -> None:
    assert list(part("Title", [])) == []
    assert list(part("Title", [entry("one")])) == [BLANK_LINE, heading("Title"), entry("one")]


def test_of_many_notes_the_first_two_are_shown_and_the_others_counted() -> None:
    assert [note.words for note in notes_in_short(["a", "b", "c"], 24)] == [
        "Please note: a",
        "Please note: b",
        "and 1 more",
    ]
    assert [note.words[-1] for note in notes_in_short(["a", "b", "c"], None)] == ["a", "b", "c"]


def test_without_a_screen_everything_is_shown_and_whole() -> None:
    parts = [("One", [LONG, "b", "c"]), ("None", [])]
    shown = lines(Screen([Paragraph(LONG, most=1)], parts, "Foot", height=None, most=1))
    assert " ".join(" ".join(shown).split()) == f"{LONG} One - {LONG} - b - c Foot"


def test_a_table_puts_figures_to_the_right_and_moves_cells_in() -> None:
    table = Table([("  one", "7"), ("  three", "12", "so")], [Column(), Column(is_figure=True)])
    assert lines(table) == ["  one     7", "  three  12  so"]
    titled = Table([("one two three", "x")], [Column("Audit", 7), Column("Why")])
    assert lines(titled) == ["Audit    Why", "one two  x", "three"]


def test_a_screen_shows_as_many_entries_of_each_part_as_there_is_room_for() -> None:
    parts = [("Many", ["a", "b", "c", "d"]), ("None", []), ("Long", [WIDE])]
    shown = lines(Screen([heading("Head")], parts, "Foot", height=9), width=80)
    assert shown[:5] == ["Head", "Many (2 of 4)", "  - a", "  - b", "Long"]
    assert [line[-1] for line in shown[5:]] == ["x", "…", "t"]


def test_where_there_is_too_little_room_each_entry_is_one_line() -> None:
    parts = [("Many", ["a", "b"]), ("Long", [WIDE])]
    shown = lines(Screen([Paragraph(WIDE)], parts, "Foot", height=5), width=80)
    assert [*shown[2:5], shown[6]] == ["Many (1 of 2)", "  - a", "Long", "Foot"]
    assert [shown[1][-1], shown[5][-1], len(shown)] == ["…", "…", 7]


def test_on_a_narrow_screen_nothing_is_cut() -> None:
    shown = lines(Screen([Paragraph(WIDE, most=1)], [("Long", [WIDE, "b"])], "Foot", height=5), width=40)
    assert " ".join(" ".join(shown).split()) == f"{WIDE} Long (1 of 2) - {WIDE} Foot"


def test_where_there_is_room_a_blank_line_stands_between_the_parts() -> None:
    assert lines(Screen([heading("Head")], [("One", ["a"])], "Foot", height=24)) == [
        "Head",
        "",
        "One",
        "  - a",
        "",
        "Foot",
    ]


def test_the_last_line_holds_a_command_and_is_whole_where_it_is_longer_than_the_window() -> None:
    shown = lines(Screen([heading("Head")], [("One", ["a"])], "All of it: -o report.html", height=24))
    assert shown[-2:] == ["All of it:", "-o report.html"]


@each("width", range(12, 60, 4))
@each(
    "command",
    ["`involve-audit rubric diff`", "involve-audit answers migrate FILE --to 1.2.0 -r mine.yaml", "-o report.html"],
)
def test_a_whole_command_stands_on_one_line_however_narrow_the_window_is(width: int, command: str) -> None:
    text = laid_out([Paragraph(f"Here is what to do with all of them: {command}")], width, colour=False)
    assert command in text
