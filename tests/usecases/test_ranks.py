"""Ranks against brute force: right where nothing changed, and off by no more than what did."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.rankings import Page, Rank
from leaderboard_app.usecases import read
from tests.usecases.walked import WalkedRanking
from tests.worlds import BOARD, NOW

WIDE = replace(BOARD, shards=3)
REACHES = st.builds(Reach, st.integers(1, 12), st.integers(12, 40))


@st.composite
def rankings(draw: st.DrawFn) -> WalkedRanking:
    """Draw a ranking that was walked."""
    before = draw(st.lists(st.integers(0, 200), unique=True, min_size=1, max_size=40))
    board, step = draw(st.sampled_from([BOARD, WIDE])), draw(st.integers(1, 9))
    return WalkedRanking(before, board, step).reaching(draw(REACHES))


def changed(draw: st.DataObject, ranking: WalkedRanking) -> None:
    """Let any players of a ranking rise, fall and come in."""
    free = st.integers(-50, 250).filter(lambda each: each not in ranking.before)
    moved = draw.draw(st.lists(free, unique=True, max_size=15))
    numbers = st.integers(0, len(ranking.before) - 1)
    movers = draw.draw(st.lists(numbers, unique=True, max_size=len(moved)))
    ranking.change(dict(zip(movers, moved, strict=False)), moved[len(movers) :])


@given(rankings())
def test_where_nothing_changed_every_rank_is_right(ranking: WalkedRanking) -> None:
    """From wherever it is counted; and their number too, where it is told."""
    for number in range(len(ranking.now)):
        placing = read.rank(ranking.store, ranking.view, ranking.player(number), NOW)
        assert placing
        assert placing.rank.place == ranking.rank_of(number)
        assert placing.rank.exact or placing.rank.as_of == NOW
        assert placing.total == len(ranking.now)


@given(rankings(), st.data())
@settings(max_examples=300)
def test_a_rank_is_off_by_no_more_than_what_changed_above(
    ranking: WalkedRanking, data: st.DataObject
) -> None:
    """Or by nothing, where it says that it is exact; or it says `or lower`, and that is so."""
    changed(data, ranking)
    for number in range(len(ranking.now)):
        placing = read.rank(ranking.store, ranking.view, ranking.player(number), NOW)
        assert placing
        shown, true = placing.rank, ranking.rank_of(number)
        if shown.exact:
            assert shown.place == true
        elif shown.as_of:
            assert abs(shown.place - true) <= ranking.changed_above(number)
        else:
            assert shown.place <= true
        assert placing.total is None or placing.total >= shown.place


@given(rankings(), st.data(), st.integers(1, 3))
def test_beyond_a_counts_reach_a_rank_is_off_by_a_step_more(
    ranking: WalkedRanking, data: st.DataObject, reach: int
) -> None:
    """As where steps are long, of millions of players: the place is interpolated in between."""
    ranking.reaching(Reach(1, reach))
    changed(data, ranking)
    for number in range(len(ranking.now)):
        placing = read.rank(ranking.store, ranking.view, ranking.player(number), NOW)
        assert placing
        if placing.rank.as_of:
            most = ranking.changed_above(number) + ranking.boundaries.step
            assert abs(placing.rank.place - ranking.rank_of(number)) <= most
        elif not placing.rank.exact:
            assert placing.rank.place <= ranking.rank_of(number)


@given(rankings(), st.data(), st.integers(0, 5), st.integers(0, 5), st.booleans())
def test_rows_around_a_player_are_the_nearest_and_numbered_from_the_rank(
    ranking: WalkedRanking,
    data: st.DataObject,
    above: int,
    below: int,
    fill: bool,  # noqa: FBT001
) -> None:
    changed(data, ranking)
    falling = sorted(ranking.now, reverse=True)
    number = data.draw(st.integers(0, len(ranking.now) - 1))
    found = read.around(
        ranking.store, ranking.view, ranking.player(number), NOW, above, below, fill=fill
    )
    assert found
    standings = [row.standing for row in found.page.rows]
    true = falling.index(ranking.now[number])
    first = falling.index(standings[0])
    assert standings == falling[first : first + len(standings)]
    assert dict(found.page.placed())[found.rank.place].standing == ranking.now[number]
    if fill:
        assert len(standings) == min(above + 1 + below, len(falling))
    else:
        assert first == max(0, true - above)
        assert first + len(standings) == min(len(falling), true + 1 + below)
    assert (found.page.previous is not None) == (first > 0)
    assert (found.page.next is not None) == (first + len(standings) < len(falling))
    if first == 0:
        assert found.page.rank == read.top(ranking.store, ranking.view, NOW).rank


@given(rankings(), st.integers(1, 60), st.integers(1, 8))
def test_a_jump_leads_to_the_rows_of_the_place(
    ranking: WalkedRanking, place: int, limit: int
) -> None:
    """Where nothing changed; past the end to the last page. From there pages go on both ways."""
    falling = sorted(ranking.now, reverse=True)
    page = read.at_place(ranking.store, ranking.view, place, NOW, limit)
    first = place if place <= len(falling) else max(1, len(falling) - limit + 1)
    assert placed(page) == {n: falling[n - 1] for n in places(first, limit, len(falling))}
    assert (page.previous is not None) == (first > 1)
    assert (page.next is not None) == (first - 1 + limit < len(falling))
    if page.next:
        following = read.turn(ranking.store, ranking.view, page.next, NOW, limit)
        assert placed(following) == {
            n: falling[n - 1] for n in places(first + limit, limit, len(falling))
        }
        assert following.rank == page.rank.at(first + limit)
    if page.previous:
        before = read.turn(ranking.store, ranking.view, page.previous, NOW, limit)
        above = max(1, first - limit)
        assert placed(before) == {n: falling[n - 1] for n in places(above, limit, len(falling))}


@given(rankings(), st.data(), st.integers(1, 8))
def test_the_last_page_of_a_small_ranking_is_numbered_exactly(
    ranking: WalkedRanking, data: st.DataObject, limit: int
) -> None:
    """As every rank there is, whatever changed since the walk; unless it is small no more."""
    reach = Reach(len(ranking.before), 100)
    ranking.reaching(reach)
    changed(data, ranking)
    falling = sorted(ranking.now, reverse=True)
    page = read.at_place(ranking.store, ranking.view, 10**6, NOW, limit)
    assert page.rows[-1].standing == falling[-1]
    if len(falling) < reach.direct + limit:
        first = max(1, len(falling) - limit + 1)
        assert page.rank == Rank(first)
        assert placed(page) == {n: falling[n - 1] for n in places(first, limit, len(falling))}


@given(rankings(), st.data(), st.integers(1, 60), st.integers(1, 8))
def test_a_jumps_places_are_off_by_no_more_than_what_changed_above(
    ranking: WalkedRanking, data: st.DataObject, place: int, limit: int
) -> None:
    """The rows are neighbours, whatever changed; where a place is called exact, it is.

    The last page is numbered from the end: what changed below counts there, too.
    """
    changed(data, ranking)
    falling = sorted(ranking.now, reverse=True)
    page = read.at_place(ranking.store, ranking.view, place, NOW, limit)
    assert page.rows
    first = falling.index(page.rows[0].standing)
    assert [row.standing for row in page.rows] == falling[first : first + len(page.rows)]
    above = ranking.changed_above(ranking.now.index(falling[first]))
    most = above if place <= ranking.boundaries.total else ranking.changed
    assert abs(page.rank.place - 1 - first) <= (0 if page.rank.exact else most)


@given(rankings(), st.integers(1, 60), st.integers(1, 3))
def test_where_steps_are_too_long_to_read_a_jump_lands_within_one(
    ranking: WalkedRanking, place: int, reach: int
) -> None:
    """As among many millions: its rows are some of those between the boundaries on either side."""
    ranking.reaching(Reach(1, reach))
    falling = sorted(ranking.now, reverse=True)
    page = read.at_place(ranking.store, ranking.view, place, NOW, 2)
    assert page.rows
    first = falling.index(page.rows[0].standing)
    assert [row.standing for row in page.rows] == falling[first : first + len(page.rows)]
    assert abs(page.rank.place - 1 - first) <= ranking.boundaries.step


def placed(page: Page) -> dict[int, int]:
    """Return each place with the standing there."""
    return {place: row.standing for place, row in page.placed()}


def places(first: int, limit: int, last: int) -> range:
    """Return up to `limit` places of a ranking."""
    return range(first, min(first + limit, last + 1))
