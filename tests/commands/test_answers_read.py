"""`answers read`: what came back becomes answers files, whatever it came as."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from involve_audit.loading.tree import parse_tree
from involve_audit.model.view import View

Run = Callable[..., Any]
WriteView = Callable[..., Path]
NOTE = "Jané: “5 < 6” #1 \U0001f642"


def coded(text: str, letter: str = "Z") -> str:
    """A code as a form makes it."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = b"Z" + deflate.compress(text.encode()) + deflate.flush() if letter == "Z" else b"T" + text.encode()
    lines = base64.encodebytes(packed).decode()
    name = "INVOLVE-AUDIT ANSWERS"
    return f"-----BEGIN {name} {hashlib.sha256(packed).hexdigest()[:8]}-----\n{lines}-----END {name}-----\n"


def answers(response: str = "a" * 32, **more: Any) -> str:
    head: dict[str, Any] = {
        "format": "involve-audit/answers@1",
        "rubric": "small@1.0.0",
        "response": response,
        "saved": "2024-02-29T10:00:00Z",
        "audit": "spring",
        "subject": {"name": "Riverside"},
        "date": "2024-02-29",
        "respondents": {"members": "1"},
        "answers": {"board": {"answer": "yes", "note": NOTE}},
    }
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in (head | more).items())


def saved_form(**more: Any) -> str:
    """A saved copy of a form, as its script writes it."""
    kept: dict[str, Any] = {
        "response": "b" * 32,
        "saved": "2024-02-29T10:00:00Z",
        "head": {"subject": "Riverside", "day": "2024-02-29", "people-members": "6"},
        "answers": [
            ["board", {"answer": "yes", "note": NOTE, "evidence": [{"text": "minutes"}]}],
            ["agenda", {"answer": "not-applicable", "reason": "no meetings", "evidence": []}],
            ["survey", {"answer": "no", "reason": "typed before", "evidence": []}],
        ],
        "actions": [{"what": "meet", "done": True}],
    }
    text = json.dumps(kept | more, ensure_ascii=False).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    form = '<form id="form" data-rubric="small@1.0.0" data-audit="spring"></form>'
    return f'<!DOCTYPE html><html><body><template id="kept">{text}</template>{form}</body></html>'


@pytest.fixture
def read(run: Run, here: Path) -> Run:
    """Reads files of these contents, by name, and gives the result and what was written to `out.yaml`."""

    def invoke(*words: str, **contents: str) -> Any:
        for name, content in contents.items():
            (here / name).write_text(content, encoding="utf-8")
        result = run("answers", "read", "-r", "small.yaml", *contents, *(words or ("-o", "out.yaml")))
        return result, (here / "out.yaml").read_text(encoding="utf-8") if (here / "out.yaml").exists() else ""

    return invoke


@pytest.mark.parametrize("letter", ["Z", "T"])
def test_a_code_is_read_as_mail_programs_leave_it(letter: str, read: Run, here: Path) -> None:
    code = coded(answers(), letter)
    lines = code.splitlines()
    ways = {
        "plain": f"Dear all,\n{code}Jane\n",
        "quoted": "".join(f"> > {line}\n" for line in lines),
        "one_line": " ".join(lines),
        "dashes": code.replace("-----", "\u2014\u2013"),
        "no_break": code.replace("\n", "\xa0\r\n").replace(" ", "\xa0"),
        "html": "<html><body>"
        + "".join(f"<div>{line.replace('+', '&#43;')}<br></div>\n" for line in lines)
        + "</body>",
        "printable": "".join(f"{line[:50]}=\n{line[50:].replace('=', '=3D')}\n" for line in lines),
    }
    for name, text in ways.items():
        result, _text = read("-o", f"{name}.out.yaml", **{name: text})
        assert (name, result.exit_code) == (name, 0)
        assert f"{name}: 1 response was read." in result.stderr
        written = View.from_tree(parse_tree((here / f"{name}.out.yaml").read_bytes(), "").data)
        assert written.answers["board"].note == NOTE


def test_several_codes_in_one_mail_are_put_together(read: Run, here: Path) -> None:
    mail = "".join(f"> {coded(answers(letter * 32, respondents={'members': 1}))}\nand\n" for letter in "abcde")
    result, text = read(mail=mail)
    assert result.exit_code == 0
    assert "combined:\n  files: 5" in text
    assert "members: 5" in text
    assert '"yes": 5' in text
    assert not {"response", "saved", "Jan"} & set(text.split(":"))
    assert NOTE not in text
    kept, _text = read("-o", "kept.yaml", "--notes", mail=mail)
    assert kept.exit_code == 0
    assert "5 < 6" in (here / "kept.yaml").read_text(encoding="utf-8")


def test_notes_of_one_alone_among_others_are_left_out_too(read: Run, here: Path) -> None:
    mail = "".join(
        coded(answers(letter * 32, respondents={who: 1})) for letter, who in (("a", "members"), ("b", "staff"))
    )
    result, _text = read("-o", "out/", mail=mail)
    assert result.exit_code == 0
    assert "Notes were left out." in result.stderr
    written = [path.read_text(encoding="utf-8") for path in (here / "out").iterdir()]
    assert len(written) == 2
    assert NOTE not in "".join(written)


def test_each_response_stays_by_itself_where_that_is_wanted(read: Run, here: Path) -> None:
    mail = "".join(coded(answers(letter * 32)) for letter in "abc")
    result, _text = read("-o", "out/", "--separate", mail=mail)
    assert result.exit_code == 0
    assert sorted(path.name for path in (here / "out").iterdir()) == ["spring-2.yaml", "spring-3.yaml", "spring.yaml"]


def test_a_damaged_code_and_one_that_is_cut_off_are_told_apart(read: Run) -> None:
    code = coded(answers())
    middle = len(code) // 2
    sign = "A" if code[middle] != "A" else "B"
    damaged, _text = read(damaged=f"{code[:middle]}{sign}{code[middle + 1 :]}")
    assert damaged.exit_code == 2
    assert "is damaged" in damaged.stderr
    for cut in (code[: middle + 1], code[middle:], code.partition("-----END")[0][:-30]):
        result, _text = read(cut=cut)
        assert result.exit_code == 2
        assert "is cut off" in result.stderr
    whole, _text = read(whole=code.partition("-----END")[0])
    assert whole.exit_code == 0


def test_what_a_code_unpacks_to_has_a_bound(read: Run) -> None:
    result, _text = read(bomb=coded("format: involve-audit/answers@1\n" + "#" * 6_000_000))
    assert result.exit_code == 2
    assert "5 MB" in result.stderr


def test_a_saved_form_keeps_every_answer(read: Run) -> None:
    result, text = read(**{"Jane Doe.html": saved_form()})
    assert result.exit_code == 0
    assert "members: 6" in text
    assert "no meetings" in text
    assert "typed before" not in text
    assert json.dumps(NOTE, ensure_ascii=False)[1:-1] in text or NOTE in text
    assert "what: meet" in text
    assert "Jane Doe" not in text


def test_a_form_without_answers_and_one_that_is_damaged_are_told(read: Run) -> None:
    blank = '<template id="kept"></template><form id="form" data-rubric="small@1.0.0"></form>'
    assert "there are no answers in this copy" in read(blank=blank)[0].stderr
    assert "are damaged" in read(broken=blank.replace("></t", ">{]</t"))[0].stderr


def test_what_is_wrong_in_a_form_is_told_with_its_question(read: Run) -> None:
    form = saved_form(answers=[["agenda", {"answer": "not-applicable", "evidence": []}]])
    title = '<section data-item="agenda" data-title="2. Agenda"></section>'
    result, text = read(form=form.replace("</form>", f"{title}</form>"))
    assert (result.exit_code, text) == (2, "")
    assert "form: 2. Agenda: `agenda` is not-applicable without a reason" in " ".join(result.stderr.split())


def test_a_form_saved_before_it_said_who_answers_is_doubted_and_so_is_a_reason_with_another_answer(read: Run) -> None:
    form = saved_form(head={"subject": "Riverside", "day": "2024-02-29"})
    form = form.replace("></form>", '><input data-field="people-members"></form>')
    result, _text = read(form=form)
    assert result.exit_code == 0
    assert "does not say how many people answered" in result.stderr
    assert "`survey` has a reason why it does not apply, and another answer" in result.stderr
    assert "how many people" not in read("-o", "-", "--perspective", "members", form=form)[0].stderr


def test_of_one_response_the_later_counts_and_the_other_is_named(read: Run) -> None:
    older = saved_form(answers=[["board", {"answer": "no", "evidence": []}]], saved="2024-02-29T09:00:00Z")
    result, text = read(a=saved_form(), b=older)
    assert result.exit_code == 0
    assert "b: an earlier copy of a" in result.stderr
    assert 'answer: "yes"' in text


def test_an_e_mail_is_read_with_what_is_attached(read: Run) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = "jane@example.org", "x@example.org", "Answers", "today"
    mail["Message-ID"] = "<1@example.org>"
    code = coded(answers("c" * 32))
    mail.set_content(f"Here you are\n{code}", cte="base64")
    mail.add_alternative(f"<p>Here you are<br>{code}</p>", subtype="html")
    mail.add_attachment(saved_form().encode(), maintype="application", subtype="octet-stream", filename="Jane.html")
    result, text = read(mail=mail.as_string())
    assert result.exit_code == 0
    assert "mail: 2 responses were read." in result.stderr
    assert "files: 2" in text
    assert "jane" not in text.lower()
    empty = "From: a\nTo: b\nSubject: c\nDate: d\n\nHello\n"
    assert "there are no answers in this e-mail" in read("-o", "none.yaml", empty=empty)[0].stderr


def test_what_a_response_does_not_say_is_taken_from_the_command_line(read: Run, here: Path) -> None:
    bare = answers(audit=None, subject=None, respondents=None)
    result, text = read("--subject", "Hill", "--audit", "autumn", "--perspective", "staff", "-o", "out.yaml", bare=bare)
    assert result.exit_code == 0
    for line in ("audit: autumn", "name: Hill", "staff: 1"):
        assert line in text
    read("--subject", "Hill", "--audit", "autumn", "-o", "second.yaml", full=answers())
    assert "Hill" not in (here / "second.yaml").read_text(encoding="utf-8")


def test_several_about_the_same_need_to_say_which_audit(read: Run) -> None:
    first, second = (answers(letter * 32, audit=None) for letter in "ab")
    result, _text = read("-o", "out/", a=first, b=second)
    assert result.exit_code == 2
    assert "--audit" in result.stderr


def test_no_file_is_written_over_and_no_more_than_one_into_a_file(read: Run, here: Path) -> None:
    (here / "out.yaml").write_text("mine", encoding="utf-8")
    assert read(a=answers())[0].exit_code == 2
    assert (here / "out.yaml").read_text(encoding="utf-8") == "mine"
    several, _text = read("-o", "new.yaml", a=answers("a" * 32), b=answers("b" * 32))
    assert several.exit_code == 2
    assert "end its name in /" in several.stderr
    assert read("-o", "new.html", a=answers())[0].exit_code == 2


def test_a_folder_is_read_and_an_empty_one_is_told(read: Run, run: Run, here: Path) -> None:
    (here / "came-back").mkdir()
    assert "there are no files" in run("answers", "read", "came-back", "-o", "out/").stderr
    (here / "came-back/.hidden").write_text("no answers", encoding="utf-8")
    (here / "came-back/a.txt").write_text(coded(answers()), encoding="utf-8")
    assert run("answers", "read", "came-back", "-r", "small.yaml", "-o", "out/").exit_code == 0
    assert (here / "out/spring.yaml").exists()


def test_every_problem_of_every_file_is_told(read: Run) -> None:
    wrong = answers(answers={"board": "maybe"})
    result, _text = read("-o", "out/", a=wrong, b=saved_form(answers=[["nothing", {"answer": "yes"}]]), c="milk: 1\n")
    assert result.exit_code == 2
    for words in ("`maybe` is not an answer to `board`", "`nothing` is not an item", "c:"):
        assert words in result.stderr
    assert "of the other files" not in result.stderr
    result, _text = read("-o", "out/", a=wrong, fine=answers())
    assert "nothing was written; of the other files, 1 can be read" in result.stderr


def test_a_response_without_answers_is_pointed_out(read: Run) -> None:
    result, _text = read(a=saved_form(answers=[], actions=[]))
    assert "a: no question is answered in it" in result.stderr


def test_many_files_are_added_up(read: Run) -> None:
    first, second = answers("a" * 32), answers("b" * 32, audit="autumn")
    result, _text = read("-o", "out/", a=first, b=second, c=coded(answers("c" * 32)) + coded(answers("d" * 32)))
    assert result.stderr.splitlines()[-1] == "In all: files 3, responses 4, audits 2."


def test_what_a_form_leaves_out_is_told_in_the_words_of_forms(read: Run) -> None:
    result, _text = read(a=saved_form(head={"people-members": "6"}))
    assert "`date` is missing" in result.stderr
    assert "Add `" not in result.stderr
    given, text = read("-o", "out.yaml", "--subject", "Hill", a=saved_form(head={"kind": "ward", "day": "2024-02-29"}))
    assert given.exit_code == 0
    assert "name: Hill" in text
    assert "kind: ward" in text


def test_a_code_without_its_first_line_is_told_beside_a_whole_one(read: Run) -> None:
    whole, other = coded(answers("a" * 32)), coded(answers("b" * 32, subject={"name": "x" * 300}))
    no_beginning = other.partition("-----\n")[2]
    for text in (whole + no_beginning, no_beginning + whole):
        result, _text = read(mail=text)
        assert result.exit_code == 2
        assert "is cut off" in result.stderr
    result, _text = read(mail=f"{whole}\n{no_beginning.partition('-----END')[0]}")
    assert "a piece of a code" in result.stderr
    assert "a piece of a code" not in read("-o", "b.yaml", mail=whole)[0].stderr


def test_a_response_that_is_there_twice_is_taken_once_and_told(read: Run) -> None:
    code = coded(answers())
    result, _text = read(mail=f"{code}Jane wrote:\n> {code}")
    assert "mail: 1 response was read." in result.stderr
    assert "mail: 1 response is in it once more, and was taken once." in result.stderr


def letter(text: str, *attached: tuple[str, bytes], subtype: str = "octet-stream") -> Any:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "jane@example.org", "x@example.org", "Answers"
    mail.set_content(text)
    for name, content in attached:
        mail.add_attachment(content, maintype="application", subtype=subtype, filename=name)
    return mail


def test_what_is_attached_and_not_read_is_told(read: Run) -> None:
    pictures = (("Jane.png", b"\x89PNG\r\n\x1a\n1"), ("Jane 2.png", b"\x89PNG\r\n\x1a\n2"))
    table = ("Jane.csv", b"Perspective,Board,Agenda\nMembers,Yes,No\n")
    words = ("Jane.docx", b"PK\3\4" + bytes(26) + b"[Content_Types].xml word/document.xml")
    result, _text = read(mail=letter(coded(answers()), ("Jane.pdf", b"%PDF-1.4"), *pictures, table, words).as_string())
    assert result.exit_code == 0
    for words in (
        "1 attached file was not read (this is a PDF)",
        "2 attached files were not read",
        "(this is a table)",
    ):
        assert words in result.stderr
    assert "Jane" not in result.stderr


def test_what_is_attached_to_one_way_of_a_text_is_read_too(read: Run) -> None:
    """Some mail programs put what is attached into the last of several ways to show the text."""
    mail = letter(coded(answers("a" * 32)))
    mail.add_alternative("<p>Here</p>", subtype="html")
    mail.get_payload()[1].add_attachment(saved_form().encode(), maintype="application", subtype="x", filename="a.html")
    result, _text = read(mail=mail.as_string())
    assert "mail: 2 responses were read." in result.stderr


def test_an_e_mail_that_is_attached_as_a_file_and_a_mailbox_are_read(read: Run) -> None:
    inner = letter("Hello", ("form.html", saved_form().encode()))
    result, _text = read(mail=letter("See there", ("Jane.eml", inner.as_bytes())).as_string())
    assert "mail: 1 response was read." in result.stderr
    other = letter(coded(answers("a" * 32)))
    box = "".join(f"From jane Sat Nov 28 10:00:00 2026\n{mail.as_string()}\n\n" for mail in (inner, other))
    result, _text = read("-o", "box.yaml", box=box)
    assert "box: 2 responses were read." in result.stderr


def test_what_is_read_once_more_is_written_and_counted_once(read: Run, here: Path) -> None:
    """Reading a folder again once more came is what anybody does."""
    by_hand = answers(response=None, saved=None)
    (here / "came-back").mkdir()
    for name in ("a", "a (1)"):
        (here / f"came-back/{name}").write_text(by_hand, encoding="utf-8")
    first, _text = read("came-back", "-o", "out/")
    assert "a (1): the very same file as" in first.stderr
    again, _text = read("came-back", "-o", "out/", more=answers("a" * 32, audit="later"))
    assert "spring.yaml is there already and says the same" in again.stderr
    assert sorted(path.name for path in (here / "out").iterdir()) == ["later.yaml", "spring.yaml"]


def test_a_workbook_that_was_changed_and_sent_again_is_told(run: Run, here: Path) -> None:
    from tests.unit.loading.responses.test_workbook import of_cells

    for place, name in enumerate(("a", "later", "of others")):
        people = {("respondents/staff", "C"): 0, ("respondents/carers", "C"): 2} if place == 2 else {}
        cells = {("governance-led", "C"): ("Yes", "No", "No")[place], ("audit", "C"): "spring", **people}
        (here / name).write_bytes(of_cells(cells))
        result = run("answers", "read", name, "-o", "out/")
        assert result.exit_code == 0, result.stderr
        assert ("the same people as out/spring.yaml, and both count" in result.stderr) is (place == 1), name
    both = run("answers", "read", "a", "later", "-o", "other/")
    assert "other/spring-2.yaml is of the same audit and the same people as other/spring.yaml" in both.stderr


def test_an_empty_form_among_others_is_named_and_passed_over(read: Run) -> None:
    blank = '<template id="kept"></template><form id="form" data-rubric="small@1.0.0"></form>'
    result, _text = read(a=blank, b=saved_form(), c="From: a\nTo: b\nSubject: c\nDate: d\n\nHello\n")
    assert result.exit_code == 0
    assert "a: there are no answers in this copy of the form" in result.stderr
    assert "c: there are no answers in this e-mail" in result.stderr
    mail = letter("", ("a.html", blank.encode()), ("b.html", saved_form().encode())).as_string()
    result, _text = read("-o", "mail.yaml", mail=mail)
    assert "mail: 1 response was read." in result.stderr
    assert "mail: there are no answers in this copy of the form" in result.stderr


def test_more_of_the_same_people_beside_what_was_put_together_is_told(read: Run) -> None:
    codes = [coded(answers(letter * 32)) for letter in "abc"]
    read("-o", "out/", mail="".join(codes[:2]))
    result, _text = read("-o", "out/", mail="".join(codes))
    assert "spring-members-2.yaml is of the same audit and the same people as out/spring-members.yaml" in result.stderr
    same, _text = read("-o", "out/", mail="".join(codes))
    assert "is there already and says the same" in same.stderr
    assert "both count" not in same.stderr
