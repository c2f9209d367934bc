"""A list of actions for a terminal: one screen, what is late first, and then each with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from involve_audit.render.screen import (
    BOLD,
    Block,
    Paragraph,
    Screen,
    below,
    entry,
    laid_out,
    notes_in_short,
    part,
)
from involve_audit.words.reports import ACTIONS, WORDS

if TYPE_CHECKING:
    from involve_audit.render.actions_page import ActionsPage, ListedAction


def render(page: ActionsPage) -> str:
    """The list as text, with escape sequences only where its options ask for colour."""
    options = page.options
    head = [
        Paragraph(page.title, BOLD),
        Paragraph(page.summary),
        Paragraph(page.counted_on),
        *notes_in_short(page.notes, options.height),
    ]
    if not page.actions:
        head.append(Paragraph(ACTIONS["nothing"], BOLD))
    parts = [(state.title, [_in_short(page, one) for one in state.actions]) for state in page.states]
    blocks: list[Block] = [Screen(head, parts, ACTIONS["all_of_it"], options.height)]
    if options.height is not None:
        for state in page.states:
            told = [block for one in state.actions for block in (entry(one.line.what), below(_about(page, one)))]
            more = [Paragraph(state.more)] if state.more else []
            blocks += part(state.title, [*told, *more])
    return laid_out(blocks, options.width, options.colour)


def _in_short(page: ActionsPage, listed: ListedAction) -> str:
    """What is to be done, where, who does it and by when."""
    line = listed.line
    about, stands = _question(line.about), line.stands if line.is_late else ""
    return "; ".join(filter(None, [line.what, about, *_who_and_when(page, listed), stands]))


def _about(page: ActionsPage, listed: ListedAction) -> str:
    line = listed.line
    return "; ".join(filter(None, [line.stands, *_who_and_when(page, listed), _question(line.about)]))


def _question(about: str) -> str:
    return f"{WORDS['question']}: {about}" if about else ""


def _who_and_when(page: ActionsPage, listed: ListedAction) -> Iterator[str]:
    line = listed.line
    yield listed.service.name if len(page.found) > 1 else ""
    yield f"{WORDS['owner']}: {line.owner}" if line.owner else ""
    yield f"{WORDS['due']}: {line.due}" if line.due else ""
