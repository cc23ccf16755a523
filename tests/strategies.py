"""What hypothesis draws: values of the domain, extremes among them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from leaderboard_app.domain import moments, scores, standings
from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.countries import NAMES, Country
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import Submission, SubmissionId

SCORES = st.integers(-scores.LIMIT, scores.LIMIT) | st.sampled_from(
    [-scores.LIMIT, -1, 0, 1, scores.LIMIT]
)
MOMENTS = st.integers(0, moments.END_OF_TIME_MS - 1).map(moments.from_ms)
PLAYER_IDS = (
    st.from_regex(r"[A-Za-z0-9_.:-]{1,64}", fullmatch=True)
    .filter(lambda text: text not in {".", ".."})
    .map(PlayerId)
)
ORDERS = st.sampled_from(Order)
KINDS = st.sampled_from(PeriodKind)
COUNTRIES = st.sampled_from(sorted(NAMES)).map(Country)
WRITERS = st.sampled_from(["us-west-2", "eu-west-1", "ap-southeast-2", "import"])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a period of any kind."""
    return Period.containing(draw(KINDS), draw(MOMENTS))


@st.composite
def submissions(
    draw: st.DrawFn,
    player_ids: st.SearchStrategy[PlayerId] = PLAYER_IDS,
    at: st.SearchStrategy[datetime] = MOMENTS,
    points: st.SearchStrategy[int] = SCORES,
) -> Submission:
    """Draw a submission to the board `global`."""
    submission_id = SubmissionId.make(draw(at), draw(st.binary(min_size=10, max_size=10)))
    player = Player(draw(player_ids), "Ada", draw(COUNTRIES))
    return Submission(submission_id, "global", player, draw(points), draw(WRITERS), "form")


@st.composite
def knowledge(draw: st.DrawFn) -> dict[tuple[str, str], Entry]:
    """Draw what one region may know of a player: an entry by period and writer each."""
    board = Board("global", "Global", minimum=-scores.LIMIT)
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    kinds = draw(st.lists(KINDS, max_size=4))
    entries = {}
    for kind in kinds:
        one = draw(submissions(st.just(PlayerId("ada")), st.just(moment), st.integers(-5, 5)))
        entry = Entry.of(one, board, Period.containing(kind, moment))
        entries[entry.key] = entry
    return entries


def standing(score: int, moment: datetime, player: str = "ada", order: Order = Order.HIGHER) -> int:
    """Return a standing in few words."""
    return standings.standing_of(score, moment, PlayerId(player), order)
