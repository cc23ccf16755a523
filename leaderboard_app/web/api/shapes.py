"""What the API shows of the domain's values: each as a JSON object, in one shape everywhere."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.rankings import Page, Placing, Rank, Row, View
from leaderboard_app.domain.standings import score_of
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.domain.walks import PastPeriod
from leaderboard_app.usecases.read import PlayerPage
from leaderboard_app.usecases.submit import Accepted
from leaderboard_app.web import cursors

Shape = dict[str, Any]


def board(one: Board) -> Shape:
    """Show a board."""
    return {
        "board_id": one.board_id,
        "title": one.title,
        "order": one.order,
        "operator": one.operator,
        "unit": one.unit,
        "decimals": one.decimals,
        "minimum": one.minimum,
        "maximum": one.maximum,
        "periods": list(one.periods),
        "is_open": one.is_open,
    }


def period(one: Period) -> Shape:
    """Show a period: all time has neither start nor end."""
    return {
        "period": one.key,
        "kind": one.kind,
        "start": one.start and moment(one.start),
        "end": one.end and moment(one.end),
    }


def past_period(one: PastPeriod, board: Board) -> Shape:
    """Show a period that is over."""
    return period(one.period) | {
        "winners": [row(place, each, board) for place, each in enumerate(one.winners, 1)],
        "total": one.total,
        "taken_at": moment(one.taken_at),
    }


def page(one: Page) -> Shape:
    """Show rows of a ranking, and the cursors that lead on."""
    rows = [row(place, each, one.view.board) for place, each in one.placed()]
    return view(one.view) | {
        "rank": rank(one.rank) if rows else None,
        "rows": rows,
        "next_cursor": cursors.dump(one.next) if one.next else None,
        "previous_cursor": cursors.dump(one.previous) if one.previous else None,
    }


def spread(one: View, found: Boundaries | None) -> Shape:
    """Show which score has every k-th place."""
    places = enumerate(found.standings if found else ())
    order, step = one.board.order, found.step if found else 1
    return {
        "board_id": one.board.board_id,
        "period": one.period.key,
        "total": found and found.total,
        "taken_at": found and moment(found.taken_at),
        "places": [
            {"place": 1 + number * step} | score(score_of(standing, order), one.board)
            for number, standing in places
        ],
    }


def view(one: View) -> Shape:
    """Show which ranking it is."""
    country = one.country.code if one.country else None
    return {"board_id": one.board.board_id, "period": one.period.key, "country": country}


def rank(one: Rank) -> Shape:
    """Show a place, and how well it is known."""
    return {"place": one.place, "exact": one.exact, "as_of": one.as_of and moment(one.as_of)}


def placing(one: Placing, board: Board) -> Shape:
    """Show a player's place among all, with what they stand there with."""
    return {
        "rank": rank(one.rank),
        "total": one.total,
        "percentile": one.percentile,
        "best": best(one.entry, board),
    }


def player(one: Player) -> Shape:
    """Show a player."""
    return {"player_id": one.player_id.value, "name": one.name, "country": one.country.code}


def player_page(one: PlayerPage, board: Board) -> Shape:
    """Show a player's bests and history."""
    return player(one.player) | {
        "board_id": board.board_id,
        "bests": [best(entry, board) for entry in one.bests],
        "history": [submission(each, board) for each in one.history],
    }


def best(one: Entry, board: Board) -> Shape:
    """Show a player's best of a period."""
    return (
        {"period": one.period.key}
        | player(one.player)
        | score(one.score, board)
        | {"achieved_at": moment(one.achieved_at), "submission_id": one.submission_id.value}
    )


def submission(one: Submission, board: Board) -> Shape:
    """Show a submission."""
    return (
        {"submission_id": one.submission_id.value, "board_id": one.board_id}
        | player(one.player)
        | score(one.score, board)
        | {
            "achieved_at": moment(one.achieved_at),
            "metadata": json.loads(one.metadata) if one.metadata else {},
            "source": one.source,
            "writer": one.writer,
        }
    )


def accepted(one: Accepted, board: Board) -> Shape:
    """Show what became of a submission that is stored."""
    return {
        "submission": submission(one.submission, board),
        "replayed": one.replayed,
        "improved": sorted(one.improved),
        "held": one.held,
    }


def score(value: int, board: Board) -> Shape:
    """Show a score, as it is counted and as people read it."""
    return {"score": value, "score_text": board.show(value, group="")}


def moment(one: datetime) -> str:
    """Show a time: UTC, to the millisecond."""
    return one.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def row(place: int, one: Row, board: Board) -> Shape:
    """Show a player in a ranking."""
    who = {"player_id": one.player_id.value, "name": one.name, "country": one.country.code}
    return (
        {"place": place}
        | who
        | score(one.score(board.order), board)
        | {"achieved_at": moment(one.achieved_at)}
    )
