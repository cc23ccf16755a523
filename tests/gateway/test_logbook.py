"""What operators read: latest and held submissions, and the log; over moto and MiniStack."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.deeds import Deed, What
from leaderboard_app.domain.periods import ALL_TIME, Period
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import Profile
from leaderboard_app.domain.reports import Removal, State
from leaderboard_app.gateway import schema
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import read
from tests.gateway.calls import expecting
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, player, send, submission

ADA = player().player_id
ACT = Act("000001", "ann", "a cheat", NOW + timedelta(milliseconds=7))
WIDE = replace(BOARD, shards=4)
TODAY = NOW.date()


def test_the_latest_of_a_day_are_two_round_trips_whatever_the_shards(store: DynamoStore) -> None:
    """A Query a shard at once; then the submissions, their removals and their players' profiles."""
    sent = [submission(n, f"p{n}", at=NOW - timedelta(seconds=n), board=WIDE) for n in range(6)]
    for one in sent:
        send(store, one, WIDE)
    with expecting(store, 4, 1):
        first = store.logbook.latest(WIDE, TODAY, None, 4)
    assert [each.submission for each in first.reports] == sent[:4]
    rest = store.logbook.latest(WIDE, TODAY, first.past, 4)
    assert [each.submission for each in rest.reports] == sent[4:]
    assert rest.past is None


def test_scores_of_one_millisecond_are_all_listed_page_by_page(store: DynamoStore) -> None:
    sent = {submission(n, f"p{n}") for n in range(5)}
    for one in sent:
        send(store, one)
    found, past = [], None
    for _ in range(3):
        page = store.logbook.latest(BOARD, TODAY, past, 2)
        found += [each.submission for each in page.reports]
        past = page.past
    assert (set(found), len(found), past) == (sent, 5, None)


def test_a_day_is_that_of_the_score_in_utc(store: DynamoStore) -> None:
    yesterday = NOW - timedelta(days=1)
    send(store, submission(1, at=yesterday))
    assert store.logbook.latest(BOARD, TODAY, None, 9).reports == ()
    with expecting(store, 1, 1):
        assert store.logbook.latest(BOARD, yesterday.date(), None, 9).reports


def test_what_was_decided_stands_beside_each(store: DynamoStore) -> None:
    removed, banned, plain = submission(1), submission(2, "bob"), submission(3, "cy")
    for one in (removed, banned, plain):
        send(store, one)
    store.moderation.remove("global", ADA, removed.submission_id, ACT, REGIONS)
    store.moderation.set_profile(banned.player.player_id, Profile(banned=True), ACT, REGIONS)
    reports = store.logbook.latest(BOARD, TODAY, None, 9).reports
    states = {each.submission.score: each.state for each in reports}
    assert states == {1: State.REMOVED, 2: State.BANNED, 3: State.COUNTS}
    found = store.logbook.find(BOARD, ADA, removed.submission_id)
    assert found
    assert found.removal == Removal(ACT)


def test_imports_are_not_listed(store: DynamoStore) -> None:
    loader = BulkLoader(OREGON, store.table_name, store.client.meta.endpoint_url)
    assert [done.stored for done in loader.load(BOARD, [submission(1, writer="import")], NOW)]
    assert store.logbook.latest(BOARD, TODAY, None, 9).reports == ()


def test_rankings_never_meet_what_is_listed_for_operators(store: DynamoStore) -> None:
    """Whatever boards are called, and though one run counts on all of them, by one id."""
    boards = [Board(name, name, max_rise=1) for name in ("recent", "held", "all", "waiting")]
    for board in boards:
        send(store, submission(1, board=board, at=NOW - timedelta(minutes=1)), board)
        assert send(store, submission(900, board=board), board).held
    for board in boards:
        rows = read.top(store, View(board, ALL_TIME), NOW).rows
        assert [row.score(board.order) for row in rows] == [1]
        day = View(board, Period.parse("2026-11-23"))
        assert len(read.top(store, day, NOW).rows) == 1


def test_keys_of_lists_and_rankings_differ_by_their_parts() -> None:
    lists = [schema.recent("held", TODAY, 0), schema.held("all", 0)]
    assert {key.count("#") for key in lists} == {3}
    assert schema.board_key("held", ALL_TIME, 0).count("#") == 2


def test_a_players_dossier_is_one_round_trip(store: DynamoStore) -> None:
    for number in range(3):
        send(store, submission(number, at=NOW - timedelta(seconds=9 - number)))
    send(store, submission(9, writer=DUBLIN))
    store.moderation.set_profile(ADA, Profile(voided_at=NOW), ACT, REGIONS)
    with expecting(store, 2):
        dossier = store.logbook.dossier(BOARD, ADA, NOW)
    assert [each.submission.score for each in dossier.reports] == [9, 2, 1, 0]
    assert {each.state for each in dossier.reports} == {State.VOIDED}
    assert dossier.decided == ACT
    assert dossier.record == store.record(BOARD, ADA, NOW)


def test_every_decision_is_logged_in_one_with_itself(store: DynamoStore) -> None:
    one = submission(10).submission_id
    with expecting(store, 1):
        store.moderation.remove("global", ADA, one, ACT, REGIONS)
    later = replace(ACT, act_id="000002", at=ACT.at + timedelta(seconds=1))
    store.moderation.set_profile(ADA, Profile(banned=True), later, REGIONS)
    banned, removed = store.logbook.acts(2026, 11, None, 9)
    assert removed == Deed(ACT, What.REMOVED, ADA, "global", one)
    assert banned == Deed(later, What.BANNED, ADA)
    assert store.logbook.acts(2026, 11, (later.at, later.act_id), 9) == (removed,)
    assert store.logbook.acts(2026, 11, None, 1) == (banned,)
    assert store.logbook.acts(2026, 10, None, 9) == ()
