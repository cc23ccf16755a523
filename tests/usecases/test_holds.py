"""A score that rises too fast is stored, counts nowhere, and waits for an operator."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Board, Operator, Order
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.deeds import What
from leaderboard_app.domain.errors import NothingToDecide
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import NOBODY_SPECIAL, Ownership, Profile
from leaderboard_app.domain.reports import State
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import corner, moderate
from leaderboard_app.usecases.batch import submit_all
from leaderboard_app.usecases.read import top
from leaderboard_app.usecases.submit import Accepted
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, player, send, submission

SLOW = replace(BOARD, max_rise=10)
ADA = player().player_id
IN_OREGON = Ownership(OREGON, REGIONS)
MINUTE = timedelta(minutes=1)


def ago(score: int, minutes: float, name: str = "ada") -> Submission:
    """Return a submission of so many minutes ago."""
    return submission(score, name, at=NOW - minutes * MINUTE)


def shown(store: DynamoStore, board: Board = SLOW) -> list[int]:
    """Return the scores of the top page."""
    return [row.score(board.order) for row in top(store, View(board, ALL_TIME), NOW).rows]


def act(number: int = 1, why: str = "looked at the replay") -> Act:
    """Return an operator's act."""
    return Act(f"act-{number}", "ann (0123456789ab)", why, NOW + timedelta(seconds=number))


def test_a_first_score_has_nothing_to_rise_from(store: DynamoStore) -> None:
    assert not send(store, submission(10**6), SLOW).held


@pytest.mark.parametrize(
    ("score", "minutes", "held"),
    [
        (110, 0, False),
        (111, 0, True),
        (110, 0.5, False),
        (111, 0.5, True),
        (120, 2, False),
        (121, 2, True),
        (50, 0, False),
    ],
)
def test_the_limit_is_by_the_minute_and_by_one_at_least(
    store: DynamoStore, score: int, minutes: float, *, held: bool
) -> None:
    send(store, ago(100, minutes), SLOW)
    assert send(store, submission(score), SLOW).held is held
    assert shown(store) == [100 if held else max(score, 100)]


def test_where_lower_is_better_a_fall_is_the_rise(store: DynamoStore) -> None:
    sprint = replace(SLOW, order=Order.LOWER)
    send(store, ago(100, 1), sprint)
    assert send(store, submission(89), sprint).held
    assert not send(store, submission(90), sprint).held
    assert shown(store, sprint) == [90]


def test_a_held_score_is_kept_and_answered_alike_when_it_comes_again(store: DynamoStore) -> None:
    send(store, ago(100, 1), SLOW)
    first = send(store, submission(500), SLOW)
    assert first == Accepted(submission(500), replayed=False, improved=frozenset(), held=True)
    assert send(store, submission(500), SLOW) == replace(first, replayed=True)
    in_dublin = replace(submission(500), writer=DUBLIN)
    assert send(store, in_dublin, SLOW) == replace(first, replayed=True)
    (report,) = store.logbook.held(SLOW, None, 9).reports
    assert (report.submission, report.state) == (submission(500), State.HELD)


def test_a_hold_asks_every_region_to_mend_and_stands_in_the_log(store: DynamoStore) -> None:
    """Also where another region ranked the same submission, not knowing of an earlier score."""
    send(store, ago(100, 1), SLOW)
    send(store, submission(500), SLOW)
    for region in REGIONS:
        (asked,) = store.moderation.mends_asked(region)
        assert asked.player_id == ADA
    (deed,) = store.logbook.acts(2026, 11, None, 9)
    assert (deed.what, deed.act.by) == (What.HELD, "the board’s rule")
    assert deed.act.why == (
        "From 100 to 500 within 1 minute: this board lets a player’s best change by 10 a minute."
    )


def test_an_approved_score_counts_from_when_it_was_achieved(store: DynamoStore) -> None:
    send(store, ago(100, 1), SLOW)
    send(store, submission(500), SLOW)
    (report,) = store.logbook.held(SLOW, None, 9).reports
    corner.restore(store, SLOW, report, act(), IN_OREGON)
    assert shown(store) == [500]
    assert store.logbook.held(SLOW, None, 9).reports == ()
    assert not send(store, submission(500), SLOW).held
    latest = store.logbook.latest(SLOW, NOW.date(), None, 9).reports
    assert [(one.submission.score, one.state) for one in latest] == [
        (500, State.COUNTS),
        (100, State.COUNTS),
    ]


def test_a_refused_score_goes_on_to_count_nowhere(store: DynamoStore) -> None:
    send(store, ago(100, 1), SLOW)
    send(store, submission(500), SLOW)
    (report,) = store.logbook.held(SLOW, None, 9).reports
    corner.remove(store, SLOW, report, act(), IN_OREGON)
    assert store.logbook.held(SLOW, None, 9).reports == ()
    assert store.logbook.find(SLOW, ADA, report.submission.submission_id).state is State.REMOVED  # type: ignore[union-attr]
    again = send(store, submission(500), SLOW)
    assert (again.replayed, again.held, again.improved) == (True, False, frozenset())
    assert shown(store) == [100]


def test_of_two_operators_who_decide_about_a_held_score_at_once_one_is_told(
    store: DynamoStore,
) -> None:
    send(store, ago(100, 1), SLOW)
    send(store, submission(500), SLOW)
    (report,) = store.logbook.held(SLOW, None, 9).reports
    corner.restore(store, SLOW, report, act(1), IN_OREGON)
    with pytest.raises(NothingToDecide):
        corner.remove(store, SLOW, report, act(2), IN_OREGON)
    assert shown(store) == [500]
    assert [deed.what for deed in store.logbook.acts(2026, 11, None, 9)] == [
        What.RESTORED,
        What.HELD,
    ]


def test_of_two_operators_who_decide_about_a_player_at_once_one_is_told(
    store: DynamoStore,
) -> None:
    """What the other decided is not lost."""
    corner.change(store, NOBODY_SPECIAL, ADA, corner.ban, act(1), IN_OREGON)
    with pytest.raises(NothingToDecide):
        corner.change(store, NOBODY_SPECIAL, ADA, corner.void, act(2), IN_OREGON)
    assert store.record(SLOW, ADA, NOW).profile == Profile(banned=True)
    banned = Profile(banned=True)
    corner.change(store, banned, ADA, corner.void, act(3), IN_OREGON)
    corner.change(store, replace(banned, voided_at=act(3).at), ADA, corner.unban, act(4), IN_OREGON)
    whats = [deed.what for deed in store.logbook.acts(2026, 11, None, 9)]
    assert whats == [What.UNBANNED, What.VOIDED, What.BANNED]


def test_a_decision_that_arrived_before_its_submission_stays(store: DynamoStore) -> None:
    """Items replicate one by one: an operator elsewhere has restored what was held there."""
    send(store, ago(100, 1), SLOW)
    one = submission(500)
    store.moderation.restore("global", ADA, one.submission_id, act(), REGIONS)
    assert send(store, one, SLOW).held
    store.client.put_item(TableName=store.table_name, Item=items.board_item(SLOW))
    moderate.mend_what_was_asked(store, IN_OREGON, NOW)
    assert shown(store) == [500]
    assert not send(store, one, SLOW).held


def test_a_batch_holds_what_rises_too_fast_and_takes_the_rest(store: DynamoStore) -> None:
    """Of one player's, each is decided as if those before it were stored."""
    sent = [ago(100, 2), ago(500, 1), ago(110, 1), submission(120), ago(500, 1), ago(7, 1, "bob")]
    outcomes = submit_all(store, SLOW, sent, IN_OREGON, NOW)
    said = [(one.held, one.replayed) for one in outcomes if isinstance(one, Accepted)]
    assert said == [
        (False, False), (True, False), (False, False), (False, False), (True, True), (False, False),
    ]  # fmt: skip
    assert shown(store) == [120, 7]
    assert len(store.logbook.held(SLOW, None, 9).reports) == 1


def test_where_the_first_counts_a_later_score_is_never_held(store: DynamoStore) -> None:
    """It changes nothing, however high it is."""
    firsts = replace(SLOW, operator=Operator.FIRST)
    send(store, ago(100, 1), firsts)
    assert not send(store, submission(500), firsts).held


def test_operators_find_whom_players_do_not(store: DynamoStore) -> None:
    """Of a banned player nothing counts, and they are looked for all the same."""
    send(store, submission(5), SLOW)
    store.client.put_item(TableName=store.table_name, Item=items.board_item(SLOW))
    corner.change(store, NOBODY_SPECIAL, ADA, corner.ban, act(), IN_OREGON)
    found, more = corner.look_up(store, SLOW, " ada ", NOW)
    assert ([one.player_id for one in found], more) == ([ADA], False)
    assert corner.look_up(store, SLOW, "nobody", NOW) == ((), False)
