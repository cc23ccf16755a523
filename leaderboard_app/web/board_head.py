"""The head of a board's page."""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard_app.domain.rankings import Row
from leaderboard_app.web import cursors
from leaderboard_app.web.board_page import BoardPage
from leaderboard_app.web.head import ATOM, CSV, JSON, Alternate, Head
from leaderboard_app.web.languages.numerals import score
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.presentation import country_name, period_name

_NAMED = 3


def board_head(shown: BoardPage) -> Head:
    """Return it: a ranking's top is listed by search engines, its other pages are not."""
    view = shown.view
    ranking = f"{view.board.title}: {period_name(view.period)}"
    if view.country:
        country = country_name(view.country)
        ranking = say("{ranking} in {country}", ranking=ranking, country=country)
    description = f"{ranking}. {_leaders(shown)}"
    path = shown.top_url if shown.asked.is_top else ""
    return Head(ranking, description, path, tuple(_alternates(shown)))


def _leaders(shown: BoardPage) -> str:
    rows = [_told(shown, row) for place, row in shown.page.placed() if place <= _NAMED]
    if not rows:
        return say("Scores from all over the world, with everybody’s place.")
    return say("In front: {leaders}.", leaders=say(", ").join(rows))


def _told(shown: BoardPage, row: Row) -> str:
    reached = score(row.score(shown.board.order), shown.board)
    return say("{name} with {score}", name=row.name, score=reached)


def _alternates(shown: BoardPage) -> Iterator[Alternate]:
    asked, links = shown.asked, shown.links
    # A cursor of this week turns no page of the next one.
    period = shown.period.key if asked.cursor else shown.period_word
    cursor = cursors.dump(asked.cursor) if asked.cursor else ""
    place = str(asked.jump.place) if asked.jump and asked.jump.place else ""
    named = {"period": period, "country": shown.country_code, "cursor": cursor}
    player = asked.player_id.value if asked.player_id else ""
    sheet = links.sheet(**named, player=player, at=place)
    yield Alternate(CSV, say("These rows as CSV"), sheet)
    if not player:
        yield Alternate(JSON, say("These rows as JSON"), links.data(**named, place=place))
    elif shown.around:
        data = links.around_data(player, period=period, country=shown.country_code)
        yield Alternate(JSON, say("These rows as JSON"), data)
    yield Alternate(
        ATOM, say("New number ones of {board}", board=shown.board.title), links.number_ones
    )
