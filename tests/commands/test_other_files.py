"""Files that are none of text, or hold no answers: they are told for what they are, by their content."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from involve_audit.inputs import kind_of

Run = Callable[..., Any]
WriteView = Callable[..., Path]


def zipped(*names: str, first: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "format: involve-audit/answers@1")
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
MAIL = b"From: ann@example.org\nTo: ben@example.org\nSubject: Our answers\nMIME-Version: 1.0\n\nformat: x\n"
KINDS = {
    "Word": (zipped("[Content_Types].xml", "word/document.xml"), "a Word file"),
    "older Word": (OLE + "WordDocument".encode("utf-16-le"), "a Word file"),
    "Excel": (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel file"),
    "older Excel": (OLE + "Workbook".encode("utf-16-le"), "an Excel file"),
    "Outlook": (OLE + "__substg1.0_".encode("utf-16-le"), "an e-mail"),
    "OpenDocument": (zipped("content.xml", first=b"application/vnd.oasis.opendocument.text"), "a LibreOffice file"),
    "zip": (zipped("a.yaml"), "an archive of files"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00", "a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
    "a phone's picture": (b"\x00\x00\x00\x18ftypheic\x00", "a picture"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>', "a picture"),
    "a video": (b"\x00\x00\x00\x18ftypmp42\x00", "a recording"),
    "RTF": (b"{\\rtf1\\ansi format: x}", "a document in rich text"),
    "HTML": (b"\n<!DOCTYPE html>\n<p>yes</p>", "a web page"),
    "e-mail": (MAIL, "an e-mail"),
    "UTF-16": ("format: x".encode("utf-16"), "UTF-16"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_none_of_text_is_told_by_its_content_in_every_command(run: Run, here: Path, kind: str) -> None:
    content, said = KINDS[kind]
    (here / "view.yaml").write_bytes(content)
    (here / "rubrics").mkdir(exist_ok=True)
    (here / "rubrics/odd.yaml").write_bytes(content)
    (here / "old.audit.json").write_bytes(content)
    for words in (
        ["assess", "view.yaml"],
        ["answers", "check", "view.yaml"],
        ["diff", "view.yaml", "view.yaml"],
        ["rubric", "check", "rubrics/odd.yaml"],
        ["diff", "old.audit.json", "old.audit.json"],
    ):
        result = run(*words)
        assert result.exit_code == 2
        assert said in " ".join((result.stdout + result.stderr).split()), words


@pytest.mark.parametrize("text", ["format: x\n", "", "From: a\nTo: b\n", "a: b\n\nSubject: x\n", "é: ü", "BMX: good\n"])
def test_text_is_no_other_kind(text: str) -> None:
    assert kind_of(text.encode()) is None


def test_every_file_of_a_folder_that_is_left_alone_is_named_with_the_reason(
    run: Run, view: WriteView, here: Path
) -> None:
    view("a/a.yaml")
    view("b/b.txt", date="2023-02-28")
    for folder in ("a", "b"):
        (here / folder / "minutes.docx").write_bytes(KINDS["Word"][0])
        (here / folder / "photo.yml").write_bytes(KINDS["JPEG"][0])
        (here / folder / "notes.txt").write_text("Tea at four.\n", encoding="utf-8")
        (here / folder / "data.json").write_text("{}", encoding="utf-8")
        (here / folder / ".hidden.docx").write_bytes(KINDS["Word"][0])
    reasons = {"minutes.docx": "this is a Word file", "photo.yml": "this is a picture"}
    reasons["notes.txt"] = "it holds no answers"
    record = json.loads(run("assess", "-r", "small.yaml", "a", "--format", "record").stdout)
    told = [warning for warning in record["warnings"] if "not read" in warning]
    assert [warning.partition(". ")[0].rstrip(".") for warning in told] == [
        f"{name}: not read, because {reasons[name]}" for name in sorted(reasons)
    ]
    for words in (["diff", "a", "b", "--format", "json"], ["trend", "a", "b", "--format", "json"], ["batch", "a"]):
        result = run(words[0], "-r", "small.yaml", *words[1:])
        said = " ".join((result.stdout + result.stderr).split())
        for name, reason in reasons.items():
            assert name in said
            assert f"not read, because {reason}" in said
        assert "hidden" not in said
        assert "data.json" not in said


def test_what_the_program_writes_is_not_named(run: Run, view: WriteView, here: Path) -> None:
    view("a/a.yaml")
    outputs = [word for suffix in ("html", "md", "txt", "audit.json") for word in ("-o", f"a/report.{suffix}")]
    first = run("assess", "-r", "small.yaml", "a", *outputs)
    written = {path.name: path.read_bytes() for path in here.joinpath("a").iterdir()}
    assert run("assess", "-r", "small.yaml", "a", *outputs).stdout == first.stdout
    assert {path.name: path.read_bytes() for path in here.joinpath("a").iterdir()} == written


def test_of_very_many_files_the_first_are_named_and_the_others_counted(run: Run, view: WriteView, here: Path) -> None:
    view("a/a.yaml")
    for number in range(25):
        (here / f"a/{number:02}.docx").write_bytes(KINDS["Word"][0])
    warnings = json.loads(run("assess", "-r", "small.yaml", "a", "--format", "record").stdout)["warnings"]
    assert warnings[-2].startswith("19.docx: ")
    assert warnings[-1] == "…: of the folder's other files, 5 more were not read."


def test_a_folder_of_nothing_but_other_files_says_what_they_are(run: Run, here: Path) -> None:
    (here / "a").mkdir()
    (here / "a/answers.docx").write_bytes(KINDS["Word"][0])
    result = run("assess", "a")
    assert result.exit_code == 2
    assert "answers.docx: not read, because this is a Word file" in " ".join(result.stderr.split())


ANSWERS = "format: involve-audit/answers@1\nrubric: small@1\nanswers: {}\n"
MAY_HOLD_ANSWERS = {
    "answers": ANSWERS,
    "answers.text": ANSWERS,
    "answers.md": ANSWERS,
    "view.yaml.bak": ANSWERS,
    "view.yaml~": ANSWERS,
    "answers.csv": "format,involve-audit/answers@1\nconsult-by-survey,yes\n",
    "quoted.txt": "".join(f"> {line}\n" for line in ANSWERS.splitlines()),
    "quoted.yaml": "".join(f"> {line}\n" for line in ANSWERS.splitlines()),
    "blanks.txt": ANSWERS.replace("audit/answers", "audit / answers"),
    "list.json": '[{"format": "involve-audit/answers@1"}]',
    "within.json": '{"data": {"format": "involve-audit/answers@1"}}',
    "escaped.json": '[{"format": "involve-audit\\/answers@1"}]',
    "notes.odd": "We used involve-audit today.\n",
    "rows.csv": "audit,of what\nhazel,yes\n",
}


@pytest.mark.parametrize("name", MAY_HOLD_ANSWERS)
def test_what_may_hold_answers_and_is_not_read_is_named_in_every_command(
    run: Run, view: WriteView, here: Path, name: str
) -> None:
    view("a/a.yaml")
    view("b/b.txt", date="2023-02-28")
    (here / "a" / name).write_text(MAY_HOLD_ANSWERS[name], encoding="utf-8")
    for words in (["assess", "a", "--format", "record"], ["batch", "a"], ["trend", "a", "b", "--format", "json"]):
        result = run(words[0], "-r", "small.yaml", *words[1:])
        said = " ".join((result.stdout + result.stderr).split())
        assert name in said
        holds = "it may hold answers" if "answers" in MAY_HOLD_ANSWERS[name] else "it holds no answers"
        assert f"not read, because {holds}" in said


def test_a_run_over_many_says_in_its_outputs_what_it_left_alone_and_what_is_to_be_said_of_files(
    run: Run, view: WriteView, here: Path
) -> None:
    file = view("in/a.yaml")
    file.write_text(file.read_text(encoding="utf-8") + "method: phone #2\n", encoding="utf-8")
    for number in range(22):
        (here / f"in/{number:02}.docx").write_bytes(KINDS["Word"][0])
    outputs = [word for suffix in ("html", "md", "json") for word in ("-o", f"out.{suffix}")]
    assert run("batch", "-r", "small.yaml", "in", *outputs).exit_code == 0
    for suffix in ("html", "md", "json"):
        said = (here / f"out.{suffix}").read_text(encoding="utf-8").replace("\\", "")
        assert "19.docx" in said
        assert "20.docx" not in said
        assert "… and 2 more" in said
        assert "this is a Word file" in said
        assert "phone" in said
    shared = [word for suffix in ("html", "md", "json") for word in ("-o", f"shared.{suffix}")]
    assert run("batch", "-r", "small.yaml", "in", "--publish", *shared).exit_code == 0
    for suffix in ("html", "md", "json"):
        said = (here / f"shared.{suffix}").read_text(encoding="utf-8")
        assert "docx" not in said
        assert "phone" not in said


TO_READ = {
    "form.html": b'<!DOCTYPE html><html><template id="kept">{"answers": []}</template></html>',
    "code.txt": b"> \xe2\x80\x94BEGIN INVOLVE-AUDIT&nbsp;ANSWERS 0123abcd\xe2\x80\x94\n> VA==\n",
    "answers.xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "export.csv": b'"start";"q_board";"_uuid"\r\n"1";"yes";"2"\r\n',
    "mail.eml": b"From: a\nTo: b\nSubject: c\nDate: d\n\nHello\n",
}


@pytest.mark.parametrize("name", TO_READ)
def test_what_answers_can_be_read_from_is_told_with_the_command(
    name: str, run: Run, view: WriteView, here: Path
) -> None:
    (here / "in").mkdir()
    (here / f"in/{name}").write_bytes(TO_READ[name])
    command = "`involve-audit answers read` makes an answers file of it"
    for words in (("assess",), ("answers", "check"), ("batch", "--format", "jsonl")):
        result = run(*words, f"in/{name}", "-r", "small.yaml")
        assert result.exit_code == 2
        assert command in result.stderr + result.stdout
    view("in/view.yaml")
    assert command in run("batch", "in", "-r", "small.yaml", "--format", "jsonl").stderr
    assert command in " ".join(run("assess", "in", "-r", "small.yaml", "--format", "text").stdout.split())


def test_a_form_that_nobody_filled_in_is_left_alone(run: Run, view: WriteView, here: Path) -> None:
    view("in/view.yaml")
    (here / "in/form.html").write_text('<html><template id="kept"></template></html>', encoding="utf-8")
    assert "form.html" not in run("assess", "in", "-r", "small.yaml", "--format", "text").stdout
