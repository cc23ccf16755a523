"""What a month costs: worked out, and held to what must be so of any such figure."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap import exits
from bootstrap.estimate.model import House, Prices, estimate
from bootstrap.estimate.play import Play, bests, firsts, rankings
from bootstrap.estimate.sizes import size_of, typical
from leaderboard_app.domain.boards import Retention
from leaderboard_app.gateway.reaches import ROW_BYTES
from tests.bootstrap.commands import Commands

PLAYERS = st.integers(1, 10**9)
KEPT = "walks: what they keep"
RATES = st.just(0.0) | st.floats(0.001, 200)
PLAYS = st.builds(
    Play, players=PLAYERS, submissions=RATES, views=RATES, ranks=RATES, peak=st.floats(1, 100)
)
HOUSES = st.builds(House, regions=st.integers(1, 6), shards=st.integers(1, 64))


def of(play: Play, what: str, house: House) -> float:
    """Return the amount of a line."""
    return next(line.amount for line in estimate(play, house).lines if line.what == what)


@given(PLAYS, HOUSES, st.integers(1, 10**9))
def test_more_players_cost_more(play: Play, house: House, more: int) -> None:
    """Each line but some: a larger ranking rests longer after a walk, so its walks do not grow."""
    larger = estimate(replace(play, players=play.players + more), house)
    for before, after in zip(estimate(play, house).lines, larger.lines, strict=True):
        if before.what not in {"walks", KEPT, "ranks"}:
            assert after.amount >= before.amount


@pytest.mark.parametrize("rate", ["submissions", "views", "ranks"])
@given(play=PLAYS, house=HOUSES, more=st.floats(0.01, 100))
def test_more_play_costs_more(rate: str, play: Play, house: House, more: float) -> None:
    busier = replace(play, **{rate: getattr(play, rate) + more})
    for before, after in zip(
        estimate(play, house).lines, estimate(busier, house).lines, strict=True
    ):
        # Who plays more stands in larger rankings, which rest longer and keep as much.
        if before.what == KEPT:
            continue
        # A walk takes whole units: of the 15,000 or more where walks rest, one may be gained.
        assert after.amount >= before.amount * (1 - 1e-4)
    assert estimate(busier, house).shards >= estimate(play, house).shards


@given(PLAYS, HOUSES)
def test_another_region_costs_more(play: Play, house: House) -> None:
    wider = replace(house, regions=house.regions + 1)
    assert estimate(play, wider).dollars > estimate(play, house).dollars


@given(PLAYS, HOUSES, st.integers(2, 50))
def test_pages_and_ranks_cost_by_the_piece(play: Play, house: House, times: int) -> None:
    """So many times the views and ranks, so many times their read units; nothing else moves."""
    busier = replace(play, views=play.views * times, ranks=play.ranks * times)
    for what in ("pages", "ranks"):
        assert math.isclose(of(busier, what, house), times * of(play, what, house), abs_tol=1e-6)
    for what in ("walks", "storage", "entries raised, with two indexes"):
        assert of(busier, what, house) == of(play, what, house)


@given(PLAYS, HOUSES, st.integers(2, 50))
def test_writes_and_storage_are_linear_in_players(play: Play, house: House, times: int) -> None:
    many = replace(play, players=play.players * times)
    for what in ("submissions stored", "entries raised, with two indexes", "storage"):
        assert math.isclose(of(many, what, house), times * of(play, what, house), rel_tol=1e-9)


@given(PLAYS, HOUSES)
def test_nobody_who_sends_nothing_writes_anything(play: Play, house: House) -> None:
    idle = estimate(replace(play, submissions=0, views=0, ranks=0), house)
    written = [line.amount for line in idle.lines if line.unit in {"write units", "requests"}]
    assert written == [0] * len(written)
    assert idle.shards == 1


@given(PLAYS, HOUSES)
def test_the_whole_is_the_sum_of_its_lines_by_the_prices(play: Play, house: House) -> None:
    free = estimate(play, house, Prices(0, 0, 0, 0, 0, 0))
    assert free.dollars == 0
    doubled = Prices(*(2 * getattr(Prices(), name) for name in Prices.__slots__))
    once = estimate(play, house)
    assert math.isclose(estimate(play, house, doubled).dollars, 2 * once.dollars)
    assert once.dollars == sum(line.dollars for line in once.lines)


def test_what_walks_keep_is_paid_for_by_every_region_of_each() -> None:
    """Of ten thousand: month, week and day are walked every 5 minutes, all time now and then."""
    alone = of(Play(10_000, submissions=20), KEPT, House(regions=1))
    every_time = 365 / 12 * 288 * (42 + 3)
    assert 3 * every_time <= alone <= 4 * every_time
    assert of(Play(10_000, submissions=20), KEPT, House(regions=3)) == pytest.approx(9 * alone)
    small = of(Play(10, submissions=500), KEPT, House(regions=1))
    assert small < alone / 10


def test_a_rank_on_many_shards_is_counted_as_on_one() -> None:
    """Beside half a unit a shard and the room that shares have: they share one count."""
    play = Play(100_000_000)
    one, many = (of(play, "ranks", House(shards=number)) for number in (1, 14))
    asked = play.players * play.ranks * 365 / 12
    assert (many - one) / asked <= 14 * 0.5 + 0.5 * 20


@given(st.floats(0, 10_000))
def test_bests_are_as_many_as_the_integral_says(scores: float) -> None:
    """By Simpson's rule, which knows nothing of series and logarithms."""
    steps = 4_000
    width = scores / steps

    def height(at: float) -> float:
        return firsts(at) / at if at else 1.0

    inner = sum((4 if step % 2 else 2) * height(step * width) for step in range(1, steps))
    integral = (height(0) + inner + height(scores)) * width / 3
    assert math.isclose(bests(scores), integral, rel_tol=5e-3, abs_tol=1e-9)


def test_bests_are_as_many_as_dice_give() -> None:
    """Scores at random, each as likely the best: as the model has it, thrown 4,000 times."""
    dice, mean, days = random.Random(4), 5.0, 4_000  # noqa: S311 - no secret.
    raised = 0
    for _ in range(days):
        at = dice.expovariate(mean)
        best = -1.0
        while at < 1:
            score = dice.random()
            raised += score > best
            best = max(best, score)
            at += dice.expovariate(mean)
    assert math.isclose(raised / days, bests(mean), rel_tol=0.04)


def test_a_ranking_holds_whoever_plays_in_it() -> None:
    """Once a day each: two in three play on a day, all in a month."""
    by_kind = {each.kind.value: each for each in rankings(Play(1000, submissions=1), Retention())}
    assert by_kind["all"].players == 1000
    assert math.isclose(by_kind["day"].players, 632, abs_tol=1)
    assert by_kind["day"].kept == by_kind["day"].players * 15


def test_sizes_are_those_of_our_items() -> None:
    """Near what the readers take a row for, and by DynamoDB's rule."""
    assert size_of({"pk": {"S": "é"}, "n": {"N": "-12345"}, "b": {"BOOL": True}}) == 4 + 5 + 2
    sizes = typical()
    assert abs(sizes.row - ROW_BYTES) < 25
    assert sizes.row < sizes.entry < 1024
    assert sizes.submission < 1024


def test_shards_are_as_many_as_the_peak_needs() -> None:
    calm, busy = Play(100_000_000, peak=1.0), Play(100_000_000, peak=10.0)
    few, many = estimate(calm), estimate(busy)
    assert few.shards * 1_000 >= few.peak_writes > (few.shards - 1) * 1_000
    assert math.isclose(many.peak_writes, 10 * few.peak_writes)


def test_the_command_says_what_it_comes_to(commands: Commands) -> None:
    result = commands.run("estimate", "--players", "10000", "--views", "1")
    assert result.exit_code == exits.DONE
    assert result.output.startswith("10,000 players, each sending 3 scores, seeing 1 pages")
    assert "Set --shards 1:" in result.output
    found = json.loads(commands.run("estimate", "--players", "10000", "--json").output)
    assert found["dollars"] == pytest.approx(estimate(Play(10_000)).dollars)
    assert commands.run("estimate", "--players", "0").exit_code == exits.USAGE
    assert commands.run("estimate", "--views", "nan").exit_code == exits.USAGE
    assert commands.run("estimate", "--page", "--json").exit_code == exits.USAGE
    huge = commands.run("estimate", "--players", "10000000000").output
    assert "64 are the most: split the board." in huge


def test_the_page_of_costs_is_the_one_in_docs(commands: Commands) -> None:
    """Made again whenever a figure changes; it says how."""
    docs = Path(__file__).parents[2] / "docs" / "costs.md"
    assert commands.run("estimate", "--page").output == docs.read_text()
