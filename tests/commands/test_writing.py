"""How results look and where they go: `--style`, `--template`, and a PDF among the outputs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from involve_audit import output
from involve_audit.cli.writing import targets_of
from involve_audit.errors import OutputError, Problem
from involve_audit.render.formats import ASSESSMENT

Run = Callable[..., Any]
WriteView = Callable[..., Path]
Write = Callable[..., str]
PAGE = '<!DOCTYPE html>\n<html lang="en-GB"><head><title>Ours</title></head><body><p>{text}</p></body></html>\n'
PAGES = ("--style", "--template")


@pytest.fixture
def house(here: Path) -> Write:
    """Writes templates of one's own to the folder `house`."""

    def write(**texts: str) -> str:
        (here / "house").mkdir(exist_ok=True)
        for name, text in (texts or {"report.html": PAGE.format(text="ours: {{ report.title }}")}).items():
            (here / "house" / f"{name}.j2").write_text(text, encoding="utf-8")
        return "house"

    return write


def outputs(*names: str) -> list[str]:
    return [word for name in names for word in ("-o", name)]


def written(here: Path) -> set[str]:
    return {path.name for path in here.iterdir() if path.is_file()} - {"small.yaml", "view.yaml"}


# Style


@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_a_style_changes_the_pages(name: str, assess: Run, view: WriteView, here: Path) -> None:
    path, pages = view(answers={"board": "no"}), {}
    for style in ("full", "large-print", "short"):
        assert assess(path, "-o", name, "--style", style).exit_code == 0
        pages[style] = (here / name).read_text(encoding="utf-8")
    assert assess(path, "-o", name).exit_code == 0
    assert pages["full"] == (here / name).read_text(encoding="utf-8")
    assert len(pages["short"]) < len(pages["full"])
    assert (pages["large-print"] == pages["full"]) is (name == "a.md")


def test_a_wrong_style_is_refused_with_the_nearest(assess: Run, view: WriteView, here: Path) -> None:
    result = assess(view(), *outputs("a.html", "a.md"), "--style", "large-pirnt")
    assert result.exit_code == 2
    assert result.stderr == "there is no style `large-pirnt`\n    Did you mean `large-print`?\n"
    assert written(here) == set()


@pytest.mark.parametrize("words", [["--style", "short"], ["--template", "house"], ["--annex"]])
@pytest.mark.parametrize("where", [[], ["-o", "a.txt", "-o", "a.audit.json"]])
def test_an_option_that_would_change_nothing_is_refused(
    words: list[str], where: list[str], assess: Run, view: WriteView, house: Write, here: Path
) -> None:
    house()
    result = assess(view(), *where, *words)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{words[0]} goes with a page, and none is written here\n    Name one, such as")
    assert written(here) == set()


def test_an_annex_says_how_it_was_worked_out_and_without_it_the_page_says_how_to_get_it(
    assess: Run, view: WriteView, here: Path
) -> None:
    path = view()
    for name in ("a.html", "a.md"):
        texts = []
        for words in ([], ["--annex"]):
            assert assess(path, "-o", name, *words).exit_code == 0
            texts.append(" ".join((here / name).read_text(encoding="utf-8").split()))
        plain, whole = ([words in text for words in ("SHA-256", "--annex", "Worked out from")] for text in texts)
        assert (plain, whole) == ([False, True, False], [True, False, True])


def test_an_annex_does_not_go_with_the_short_form(assess: Run, view: WriteView, here: Path) -> None:
    result = assess(view(), "-o", "a.html", "--annex", "--style", "short")
    assert result.exit_code == 2
    assert result.stderr.startswith("--annex goes with a whole report, not with the style `short`\n    ")
    assert written(here) == set()


@pytest.mark.parametrize("where", [[], ["-o", "a.txt"], ["-o", "a.txt", "-o", "-", "--format", "text"]])
@pytest.mark.parametrize(
    ("command", "example"),
    [
        (["assess", "{examples}/riverside"], "-o report.html, -o report.pdf or -o report.md"),
        (["diff", "{examples}/riverside-2025", "{examples}/riverside"], "-o page.html or -o page.md"),
        (["trend", "{examples}/riverside-2025", "{examples}/riverside"], "-o page.html or -o page.md"),
        (["rubric", "show", "small.yaml"], "-o page.html or -o page.md"),
    ],
)
def test_templates_where_no_page_is_written_are_refused_by_every_command(
    command: list[str], example: str, where: list[str], run: Run, house: Write, here: Path, root: Path
) -> None:
    words = [word.format(examples=root / "examples") for word in command]
    result = run(*words, *where, "--template", house())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "--template goes with a page, and none is written here",
        f"    Name one, such as {example}.",
    ]
    assert written(here) == set()


def test_the_summary_is_as_long_as_the_screen(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths = []
    for lines in ("24", "400"):
        monkeypatch.setenv("LINES", lines)
        lengths.append(len(run("assess", root / "examples/riverside").stdout.splitlines()))
    assert lengths[0] <= 24 < lengths[1]


# Templates


def test_templates_of_a_folder_come_first_for_every_page(
    assess: Run, view: WriteView, house: Write, here: Path
) -> None:
    folder = house()
    names = ["a.html", "a.pdf", "a.md", "a.txt"]
    result = assess(view(answers={"survey": "yes"}), *outputs(*names), "--template", folder)
    assert (result.exit_code, result.stderr.splitlines()) == (0, [f"Written: {name}" for name in names])
    assert (here / "a.html").read_text(encoding="utf-8") == PAGE.format(text="ours: Audit: Riverside")
    assert (here / "a.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (here / "a.md").read_text(encoding="utf-8").startswith("# Audit: Riverside")


def test_a_mistake_in_a_template_leaves_every_file_as_it_was(
    assess: Run, view: WriteView, house: Write, here: Path
) -> None:
    (here / "a.md").write_text("before")
    words = [
        *outputs("a.md", "a.html", "a.audit.json"),
        "--template",
        house(**{"report.html": "a\n{{ report.tittle }}"}),
    ]
    result = assess(view(), *words)
    assert result.exit_code == 2
    assert result.stderr == (
        "house/report.html.j2:2: `report.tittle` is not there; did you mean `title`?\n    {{ report.tittle }}\n"
    )
    assert written(here) == {"a.md"}
    assert (here / "a.md").read_text() == "before"


@pytest.mark.parametrize("folder", ["none", "view.yaml", "."])
def test_a_folder_without_templates_is_refused_before_anything_is_read(folder: str, assess: Run, here: Path) -> None:
    result = assess("no-such-view.yaml", "-o", "a.html", "--template", folder)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{folder}: ")
    assert "no-such-view" not in result.stderr


def test_what_is_made_for_sharing_gives_a_template_nothing_more(
    assess: Run, view: WriteView, house: Write, here: Path
) -> None:
    path = view("jane.yaml", answers={"board": {"answer": "yes", "note": "secret"}}, respondents={"members": 2})
    page = "{{ report.audit.views[0].content.answers.board.note }}|{{ report.audit.views[0].content.respondents }}"
    page += "|{{ report.audit.views[0].file }}|{{ report.audit.views[0].content.method }}|{{ report.options.style }}"
    words = ["-o", "a.html", "--template", house(**{"report.html": page})]
    assert assess(path, *words).exit_code == 0
    assert "secret|{&#39;members&#39;: 2}" in (here / "a.html").read_text(encoding="utf-8")
    assert assess(path, *words, "--publish").exit_code == 0
    text = (here / "a.html").read_text(encoding="utf-8")
    assert "secret" not in text
    assert "jane" not in text
    assert text.startswith("None|")


# PDF


def test_a_pdf_goes_to_standard_output_as_it_is(assess: Run, view: WriteView, house: Write) -> None:
    result = assess(view(), "--format", "pdf", "--template", house())
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"%PDF-1.7\n")
    assert result.stdout_bytes.rstrip().endswith(b"%%EOF")


def test_a_pdf_is_not_written_onto_a_terminal(terminal: Any) -> None:
    with redirect_stdout(terminal), pytest.raises(OutputError) as caught:
        targets_of(ASSESSMENT, [], "pdf")
    assert str(caught.value) == (
        "a terminal cannot show a file of the format pdf\n    Name a file to write: -o report.pdf"
    )
    with redirect_stdout(terminal):
        assert set(targets_of(ASSESSMENT, ["a.pdf"], None).formats) == {"a.pdf"}
        assert set(targets_of(ASSESSMENT, [], "html").formats) == {"-"}


def test_without_the_library_nothing_is_written_or_read(
    assess: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    result = assess("no-such-view.yaml", *outputs("a.html", "a.pdf"))
    assert result.exit_code == 2
    assert " -m pip install " in result.stderr
    assert "no-such-view" not in result.stderr
    assert written(here) == set()


def test_the_library_is_not_loaded_where_no_pdf_is_asked_for(process: Any, view: WriteView) -> None:
    code = "import sys; sys.modules['weasyprint'] = None"
    done = process("assess", "-r", "small.yaml", view(), "-o", "a.html", "-o", "a.md", before=code)
    assert (done.returncode, done.stderr) == (0, "Written: a.html\nWritten: a.md\n")


# Whole files or none


def test_bytes_and_texts_are_written_as_they_are(here: Path) -> None:
    output.write_all({"a": b"\x00\r\n\xff", "b": "one\r\ntwo\n\u00e9"})
    assert (here / "a").read_bytes() == b"\x00\r\n\xff"
    assert (here / "b").read_bytes() == "one\r\ntwo\n\u00e9".encode()


def test_a_folder_is_made_with_those_it_is_in(here: Path) -> None:
    output.make_folder(Path("a/b"))
    output.make_folder(Path("a/b"))
    assert (here / "a/b").is_dir()


@pytest.mark.parametrize(
    ("name", "what"), [("small.yaml", "this is not a folder"), ("small.yaml/x", "cannot be written")]
)
def test_a_folder_that_cannot_be_made_is_told(name: str, what: str, here: Path) -> None:
    with pytest.raises(OutputError, match=what) as caught:
        output.make_folder(Path(name))
    assert isinstance(caught.value.problems[0], Problem)
    assert caught.value.problems[0].path == name
