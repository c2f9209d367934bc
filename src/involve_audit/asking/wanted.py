"""What was asked for where questions are to be asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asking:
    """What was asked for on the command line."""

    rubric: str | None = None
    save: str | None = None
    resume: str | None = None
    last: str | None = None
    themes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    only_unanswered: bool = False
    plain: bool = False
    offers_pages: bool = False

    def of_questions(self) -> list[str]:
        """The options given that make sense only where questions are asked."""
        given = {
            "--save": self.save,
            "--resume": self.resume,
            "--from": self.last,
            "--theme": self.themes,
            "--stage": self.stages,
            "--only-unanswered": self.only_unanswered,
        }
        return [name for name, value in given.items() if value]
