"""The addresses that pages link to, made once a page and not once a row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import request, url_for

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.players import PlayerId

# Whatever else a reader put into an address is quoted; what they quoted stays as it was.
_SAFE_IN_PATH = "/!$&'()*+,:;=@"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?%"

MARKED_ROW = "marked-row"
"""The id of the row that a board page marks."""


@dataclass(frozen=True, slots=True)
class BoardLinks:
    """Where a board's pages are.

    Attributes:
        board: the ranking, without a query.
        players: what a player's id is put behind, to lead to their page.
    """

    board: str
    players: str

    @classmethod
    def to(cls, board: Board) -> BoardLinks:
        """Return the addresses of a board's pages, as this request has to write them."""
        return _links_below(request.root_path, board.board_id)

    def ranking(self, period: str = "", country: Country | None = None, cursor: str = "") -> str:
        """Return the address of a ranking; all time and all countries need no saying."""
        code = country.code if country else ""
        return self.board + _query(period=period, country=code, cursor=cursor)

    def row(self, period: str, player_id: PlayerId, submission: str = "") -> str:
        """Return the address of a player's row in a ranking, where they may have just come in."""
        query = _query(period=period, player=player_id.value, submission=submission)
        return f"{self.board}{query}#{MARKED_ROW}"


@lru_cache(maxsize=256)
def _links_below(root: str, board_id: str) -> BoardLinks:  # noqa: ARG001 - url_for reads it too.
    url = url_for("boards.show", board_id=board_id)
    player = url_for("players.show", board_id=board_id, player_id=PlayerId("x"))
    return BoardLinks(url, player.removesuffix("x"))


def of_this_page() -> str:
    """Return where the page that is being answered was asked for."""
    return quote(request.root_path, _SAFE_IN_PATH) + below_the_root()


def below_the_root() -> str:
    """Return the same without what the server puts before every path (`/oregon`).

    It begins with one slash: two would lead to another host.
    """
    path = "/" + quote(request.path.lstrip("/"), _SAFE_IN_PATH)
    query = quote(request.query_string, _SAFE_IN_QUERY)
    return f"{path}?{query}" if query else path


def _query(**parameters: str) -> str:
    named = {name: value for name, value in parameters.items() if value}
    return f"?{urlencode(named)}" if named else ""
