"""The report as a PDF."""

from __future__ import annotations

import logging
import shlex
import socket
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from involve_audit.errors import InputError, OutputError
from involve_audit.render.pdf import LARGEST_PAGE
from involve_audit.render.pdf_library import require

Write = Callable[[str], Path]
FRAME = '<!DOCTYPE html>\n<html lang="en-GB"><head><title>Ours</title></head><body>{body}</body></html>\n'
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="


@pytest.fixture
def house(tmp_path: Path) -> Write:
    """Writes a folder with one small page of its own."""

    def write(body: str) -> Path:
        folder = tmp_path / "house"
        folder.mkdir(exist_ok=True)
        (folder / "report.html.j2").write_text(FRAME.format(body=body), encoding="utf-8")
        return folder

    return write


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def test_the_pdf_holds_the_report_tagged_with_title_and_language(small: Any) -> None:
    case = small({"board": "yes"}, respondents={"members": 2})
    content = case.text("pdf")
    reader = read(content)
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Audit: Riverside"
    assert reader.metadata.creator.startswith("involve-audit ")
    assert reader.metadata.creation_date is None
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert len(reader.trailer["/ID"]) == 2
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    shown = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert case.report.headline in shown
    assert case.text("pdf") == content


def test_the_time_is_stated_where_it_is_given(small: Any, house: Write) -> None:
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    metadata = read(small({}).text("pdf", templates=house("<p>x</p>"), written=moment)).metadata
    assert metadata is not None
    assert (metadata.creation_date, metadata.modification_date) == (moment, moment)


def test_a_page_that_would_take_all_memory_is_refused(small: Any, house: Write) -> None:
    with pytest.raises(InputError) as caught:
        small({}).text("pdf", templates=house(f'{{{{ "x " * {LARGEST_PAGE // 2} }}}}'))
    (problem,) = caught.value.problems
    assert problem.what == "this is too long for a PDF: a page of more than 2,000,000 characters"
    assert problem.hint == "Write it as .html, which a browser can print."


def test_a_page_is_laid_out_in_the_style_that_is_asked_for(small: Any, house: Write) -> None:
    folder = house("<p>long</p>")
    (folder / "short.html.j2").write_text(FRAME.format(body="<p>brief</p>"), encoding="utf-8")
    assert read(small({}).text("pdf", templates=folder, style="short")).pages[0].extract_text().strip() == "brief"


def test_a_chart_is_painted_as_the_style_of_the_page_says(small: Any, house: Write) -> None:
    style = "<style>:root { --mine: #cc3366 } .bar rect { fill: var(--mine) } svg { width: 100%; height: auto }</style>"
    chart = '<svg class="bar" viewBox="0 0 9 9"><title>Bar</title><rect width="9" height="9"/></svg>'
    contents = read(small({}).text("pdf", templates=house(style + chart))).pages[0].get_contents()
    assert contents is not None
    assert b"0.8 0.2 0.4 rg" in contents.get_data()


# Nothing is fetched


def test_nothing_is_fetched_and_every_link_that_is_asked_for_is_named(small: Any, house: Write) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        host = f"http://127.0.0.1:{server.getsockname()[1]}"
        picture = f'<svg width="9" height="9" viewBox="0 0 9 9"><image href="{host}/svg" width="9" height="9"/></svg>'
        asked = [f"{host}/img", "logo.png", f"{host}/css", "file:///etc/passwd", f"{host}/svg"]
        body = (
            f'<img src="{host}/img"><img src="logo.png"><link rel="stylesheet" href="{host}/css">'
            f'<p style="background: url(file:///etc/passwd)">x</p>{picture}'
        )
        with pytest.raises(InputError) as caught:
            small({}).text("pdf", templates=house(body))
        with pytest.raises(BlockingIOError):
            server.accept()
    told = [problem.what for problem in caught.value.problems]
    for link in asked:
        assert f"a template asks for `{link}`, and nothing is fetched for a PDF" in told
    assert "begins with `data:`" in caught.value.problems[0].hint


def test_a_picture_that_is_written_into_the_page_is_shown(small: Any, house: Write) -> None:
    folder = house(f'<img alt="Our logo" src="data:image/png;base64,{DOT}">')
    assert len(read(small({}).text("pdf", templates=folder)).pages[0].images) == 1


# Nothing but the file


def test_what_the_library_says_of_styles_reaches_nobody(
    small: Any, house: Write, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = house('<style>@media (max-width: 3em) { p { colour: red } } p { no-such: 1 }</style><p id="a" id="b">x')
    caplog.set_level(logging.DEBUG)
    small({}).text("pdf", templates=folder)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
    logging.getLogger("weasyprint").warning("later")
    assert [record.message for record in caplog.records] == ["later"]


# Without the library


def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)


def test_without_the_extra_it_says_how_to_install_it_or_to_print(monkeypatch: pytest.MonkeyPatch, small: Any) -> None:
    without_library(monkeypatch)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    for attempt in (require, lambda: small({}).text("pdf")):
        with pytest.raises(OutputError, match="WeasyPrint 70 or newer, and that is not installed") as caught:
            attempt()
        assert f"Install it: {shlex.join((sys.executable, '-m', 'pip', 'install'))} " in str(caught.value)
        assert "write a .html file instead, and print it from a browser" in str(caught.value)


def advice(monkeypatch: pytest.MonkeyPatch) -> str:
    """The command that it says installs what is missing."""
    without_library(monkeypatch)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(OutputError) as caught:
        require()
    return str(caught.value).partition("Install it: ")[2].partition("\n")[0]


def test_what_it_says_installs_into_the_python_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/somewhere else/bin/python")
    assert advice(monkeypatch) == "'/somewhere else/bin/python' -m pip install --upgrade weasyprint"


def test_the_package_it_names_is_that_of_the_extra() -> None:
    text = (Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8")
    extra = tomllib.loads(text)["project"]["optional-dependencies"]["pdf"]
    assert extra == ["weasyprint>=70"]


def test_pipx_and_uv_are_asked_where_they_installed_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    venv = tmp_path / "involve-audit"
    venv.mkdir()
    monkeypatch.setattr(sys, "prefix", str(venv))
    (venv / "pipx_metadata.json").touch()
    assert advice(monkeypatch) == "pipx inject involve-audit weasyprint"
    (venv / "pipx_metadata.json").unlink()
    monkeypatch.setattr("involve_audit.render.pdf_library.find_spec", lambda name: None)
    words = f"uv pip install --upgrade --python {sys.executable} weasyprint"
    assert advice(monkeypatch) == words


def test_a_python_that_the_system_looks_after_is_told_that_it_is_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "EXTERNALLY-MANAGED").touch()
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    assert advice(monkeypatch).endswith("pip install --upgrade --break-system-packages weasyprint")


def test_without_the_libraries_of_the_system_it_names_their_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    without_library(monkeypatch)
    failing = "print('-----\\nlong advice')\nraise OSError('cannot load library libpango-1.0-0\\nmore\\nand more')\n"
    (tmp_path / "weasyprint.py").write_text(failing, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(OutputError, match="cannot load library libpango") as caught:
        require()
    for words in ("apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "write a .html file instead"):
        assert words in str(caught.value)
    assert "and more" not in str(caught.value)
    assert capfd.readouterr() == ("", "")
