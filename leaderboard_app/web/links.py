"""The addresses that pages link to, made once a page and not once a row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from flask import Flask, request, url_for

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.web.languages.asked import plain, root

# Whatever else a reader put into an address is quoted; what they quoted stays as it was.
_SAFE_IN_PATH = "/!$&'()*+,:;=@"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?%"

MARKED_ROW = "marked-row"
"""The id of the row that a board page marks."""


def register(app: Flask) -> None:
    """Give the templates the addresses that stand on every page."""
    app.add_template_global(fixed_url)
    app.add_template_global(machine_url)
    app.add_template_global(of_this_page)


def fixed_url(endpoint: str) -> str:
    """Return the address of a page that is the same for everybody, such as the status page."""
    return _fixed_below(request.root_path, endpoint)


def machine_url(endpoint: str) -> str:
    """Return the address of what is for machines, and in no language."""
    return plain(fixed_url(endpoint))


# To build an address takes longer than to write out a row; there are few of these.
@lru_cache(maxsize=64)
def _fixed_below(root: str, endpoint: str) -> str:  # noqa: ARG001 - url_for reads it too.
    return url_for(endpoint)


@dataclass(frozen=True, slots=True)
class BoardLinks:
    """Where a board's pages are.

    Attributes:
        board: the ranking, without a query.
        players: what a player's id is put behind, to lead to their page.
        add: where a score is added.
        find: where a player is looked for.
        spread: the picture of how scores are spread, without a query.
        periods: the past periods with their winners, without a query.
        number_ones: the feed of new number ones.
        api: the board for machines.
    """

    board: str
    players: str
    add: str
    find: str
    spread: str
    periods: str
    number_ones: str
    api: str

    @classmethod
    def to(cls, board: Board) -> BoardLinks:
        """Return the addresses of a board's pages, as this request has to write them."""
        return _links_below(request.root_path, board.board_id)

    def ranking(self, period: str = "", country: Country | None = None, **parameters: str) -> str:
        """Return the address of a ranking; all time and all countries need no saying."""
        code = country.code if country else ""
        return _with(self.board, period=period, country=code, **parameters)

    def sheet(self, **parameters: str) -> str:
        """Return the address of rows of the ranking as CSV: parameters are those of its page."""
        return _with(f"{self.board}.csv", **parameters)

    def data(self, **parameters: str) -> str:
        """Return the address of rows of the ranking as JSON: parameters are the API's."""
        return _with(f"{self.api}/ranking", **parameters)

    def around_data(self, player: str, **parameters: str) -> str:
        """Return the address of the rows around a player as JSON."""
        return _with(f"{self.api}/players/{player}/around", **parameters)

    def finds_sheet(self, q: str) -> str:
        """Return the address of the players that a text may mean, as CSV."""
        return _with(f"{self.find}.csv", q=q)

    def finds_data(self, q: str) -> str:
        """Return the address of the same as JSON."""
        return _with(f"{self.api}/players", q=q)

    def spread_sheet(self, period: str = "") -> str:
        """Return the address of how a period's scores are spread, as CSV."""
        return _with(f"{self.spread}.csv", period=period)

    def spread_data(self, period: str = "") -> str:
        """Return the address of the same as JSON."""
        return _with(f"{self.api}/spread", period=period)

    def winners_sheet(self, kind: str = "", before: str = "") -> str:
        """Return the address of the past periods' winners as CSV."""
        return _with(f"{self.periods}.csv", kind=kind, before=before)

    def row(
        self,
        period: str,
        player_id: PlayerId,
        submission: str = "",
        country: Country | None = None,
    ) -> str:
        """Return the address of a player's row in a ranking, where they may have just come in."""
        code = country.code if country else ""
        named = {"period": period, "country": code, "player": player_id.value}
        return f"{_with(self.board, **named, submission=submission)}#{MARKED_ROW}"

    def adding(self, period: str = "") -> str:
        """Return the address of the form that leads back to a kind of period."""
        return _with(self.add, period=period)

    def spread_of(self, period: str = "") -> str:
        """Return the address of the picture of a period's ranking."""
        return _with(self.spread, period=period)

    def periods_of(self, kind: str = "", before: str = "") -> str:
        """Return the address of the past periods of a kind, from one before another."""
        return _with(self.periods, kind=kind, before=before)


@lru_cache(maxsize=256)
def _links_below(root: str, board_id: str) -> BoardLinks:  # noqa: ARG001 - url_for reads it too.
    url = url_for("boards.show", board_id=board_id)
    player = url_for("players.show", board_id=board_id, player_id=PlayerId("x"))
    return BoardLinks(
        board=url,
        players=player.removesuffix("x"),
        add=url_for("scores.new", board_id=board_id),
        find=url_for("finding.show", board_id=board_id),
        spread=url_for("spreads.show", board_id=board_id),
        periods=url_for("past.show", board_id=board_id),
        number_ones=url_for("number_ones.show", board_id=board_id),
        api=plain(url_for("api.board", board_id=board_id)),
    )


def of_this_page() -> str:
    """Return where the page that is being answered was asked for."""
    return quote(root(), _SAFE_IN_PATH) + below_the_root()


def below_the_root() -> str:
    """Return the same without what the server puts before every path (`/oregon`).

    The language stays: a reader who goes to another region keeps it.

    It begins with one slash: two would lead to another host.
    """
    language = request.root_path.removeprefix(root())
    path = f"{language}/" + quote(request.path.lstrip("/"), _SAFE_IN_PATH)
    query = quote(request.query_string, _SAFE_IN_QUERY)
    return f"{path}?{query}" if query else path


def _with(address: str, **parameters: str) -> str:
    """Return an address with the parameters that say something."""
    return address + _query(tuple(parameters.items()))


# Cursors aside, few queries are written again and again.
@lru_cache(maxsize=1024)
def _query(parameters: tuple[tuple[str, str], ...]) -> str:
    named = [(name, value) for name, value in parameters if value]
    return f"?{urlencode(named)}" if named else ""
