"""What the domain says when it refuses."""

from __future__ import annotations


class InvalidValue(ValueError):
    """A value broke a rule of the domain.

    Attributes:
        field: the name of the value at fault, as forms and files call it.
        message: one sentence for the person who typed it: what is wrong and what would be right.
    """

    def __init__(self, field: str, message: str) -> None:
        """Keep the field beside the message, so that a form can show it in its place."""
        super().__init__(message)
        self.field = field
        self.message = message


class PlaceOutOfReach(InvalidValue):
    """A place of a ranking lies too far from its top to read to, and no walk knows the way."""

    def __init__(self, reach: int) -> None:
        """Say how far readers come."""
        super().__init__(
            "place",
            f"This ranking can be opened at places up to {reach}: what lies below was not counted"
            " yet. Turn the pages from there.",
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
        message: one sentence for the operator.
    """

    def __init__(self, message: str) -> None:
        """Keep the message."""
        super().__init__(message)
        self.message = message


class BoardClosed(Refused):
    """The board takes no submissions; nothing was stored."""
