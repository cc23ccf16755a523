"""What the domain says when it refuses: sentences that pages can say in another language.

A sentence is a literal in the code, so that it can be extracted for translators, with named fields
in braces for what differs: numbers as `int`, which pages write as their reader does; codes, years
and ids as `str`. A sentence is always formatted, with values or without: a brace that is meant as
one is written twice. What somebody typed is a value, never a part of the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

AS_IT_STANDS = "{sentence}"


def mark(sentence: str) -> str:
    """Return the sentence: marked for translators where it stands in a table, not in a call."""
    return sentence


class InvalidValue(ValueError):
    """A value broke a rule of the domain.

    Attributes:
        field: the name of the value at fault, as forms and files call it.
        template: one sentence for the person who typed it: what is wrong and what would be right.
        values: what its fields in braces stand for.
        message: the sentence in English, with the values.
    """

    def __init__(self, field: str, template: str, /, **values: str | int) -> None:
        """Keep the field beside the sentence, so that a form can show it in its place."""
        self.field = field
        self.template = template
        self.values: Mapping[str, str | int] = values
        self.message = template.format(**values)
        super().__init__(self.message)

    @classmethod
    def saying(cls, field: str, sentence: str) -> Self:
        """Return one with a finished sentence, for terminals and programs: it stays English."""
        return cls(field, AS_IT_STANDS, sentence=sentence)

    def renamed(self, field: str) -> InvalidValue:
        """Return one that says the same about the value of another name."""
        return InvalidValue(field, self.template, **self.values)


class PlaceOutOfReach(InvalidValue):
    """A place of a ranking lies too far from its top to read to, and no walk knows the way."""

    def __init__(self, reach: int) -> None:
        """Say how far readers come."""
        super().__init__(
            "place",
            mark(
                "This ranking can be opened at places up to {reach}: what lies below was not "
                "counted yet. Turn the pages from there."
            ),
            reach=reach,
        )


class Refused(Exception):
    """A well-formed request that the rules of the leaderboard do not allow."""


class SubmissionConflict(Refused):
    """The submission id was already used for another score, name or country."""


class PlayerBanned(Refused):
    """The player was banned by an operator; nothing was stored."""


class FormClosed(Refused):
    """Scores are added by game servers, and by hand by operators alone; nothing was stored."""


class NothingToDecide(Refused):
    """What an operator decided about is gone, or stands so already; nothing was stored.

    Attributes:
        template: one sentence for the operator.
        values: what its fields in braces stand for.
        message: the sentence in English, with the values.
    """

    def __init__(self, template: str, /, **values: str | int) -> None:
        """Keep the sentence."""
        self.template = template
        self.values: Mapping[str, str | int] = values
        self.message = template.format(**values)
        super().__init__(self.message)


class BoardClosed(Refused):
    """The board takes no submissions; nothing was stored."""
