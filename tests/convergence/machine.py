"""The state machine: all that regions, players, operators and failures may do, in any order.

It drives the real use cases on the real gateway, and holds the invariants of docs/convergence.md by
their numbers. `Leaderboard` is ours; `Naive` is the plain guard that many start with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
)

from leaderboard_app.domain.boards import Operator
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.entries import IMPORT
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import Ownership, Profile
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.usecases import moderate
from tests.convergence.checks import Checks
from tests.convergence.world import World

OREGON, DUBLIN, SYDNEY = "us-west-2", "eu-west-1", "ap-southeast-2"
Decision = Callable[..., None]
PLAYERS = (PlayerId("ada"), PlayerId("bob"))

STEPS_APART = 3
"""Something has to happen between two heals, or half of all steps would be one: the dearest."""

REGIONS = st.integers(0, 2)
POSITIONS = st.integers(0, 30)
SCORES = st.integers(0, 5)
HOURS_AGO = st.sampled_from([0, 1, 30])
OPERATORS = st.sampled_from([Operator.BEST, Operator.BEST, Operator.FIRST])
CRASHES = st.none() | st.integers(0, 4)
SUBMISSIONS: Bundle[Submission] = Bundle("submissions")


class Regions(RuleBasedStateMachine):
    """What both machines do: play, and let the network do its worst."""

    steps: ClassVar[int] = 0
    """Steps taken by all runs of this process."""

    def open(
        self,
        regions: Sequence[str],
        skews: Sequence[int],
        operator: Operator = Operator.BEST,
    ) -> None:
        """Begin with regions, what their clocks are wrong by in milliseconds, and a board."""
        self.world = World(regions, skews, operator)
        self.checks = Checks(self.world, PLAYERS)
        self.lost: set[str] = set()
        self.steps_apart = 0
        self.made = 0

    def teardown(self) -> None:
        """Drop the tables; a run that failed before it began has none."""
        if hasattr(self, "world"):
            self.world.close()

    def region(self, number: int) -> str:
        """Return one of the regions that are not lost."""
        there = [region for region in self.world.regions if region not in self.lost]
        return there[number % len(there)]

    def ownership(self, region: str) -> Ownership:
        """Return whose entries a region writes."""
        return self.world.ownership(region)

    @rule(
        target=SUBMISSIONS,
        number=REGIONS,
        player=st.sampled_from(PLAYERS),
        score=SCORES,
        hours_ago=HOURS_AGO,
        crash_after=CRASHES,
        backwards=st.booleans(),
    )
    def submit(
        self,
        number: int,
        player: PlayerId,
        score: int,
        hours_ago: int,
        crash_after: int | None,
        backwards: bool,
    ) -> Submission:
        """Submit a new score in some region; the request may crash after any of its writes."""
        region = self.region(number)
        one = self.make(player, score, hours_ago, self.ownership(region).region)
        self.world.sites[region].fanout.backwards = backwards
        self.send(region, one, crash_after)
        return one

    @rule(one=SUBMISSIONS, number=REGIONS, crash_after=CRASHES)
    def retry(self, one: Submission, number: int, crash_after: int | None) -> None:
        """Send a submission again, to the same region or another."""
        region = self.region(number)
        writer = self.ownership(region).region
        again = Submission(
            one.submission_id, one.board_id, one.player, one.score, writer, one.source
        )
        self.send(region, again, crash_after)

    @rule(position=POSITIONS, twice=st.booleans())
    def deliver(self, position: int, twice: bool) -> None:
        """Let one change arrive, whichever; it may arrive again later."""
        self.world.table.deliver(position, again=twice)
        self.step()

    @rule(one=REGIONS, other=REGIONS)
    def part(self, one: int, other: int) -> None:
        """Let two regions not reach each other."""
        regions = self.world.regions
        if regions[one % len(regions)] != regions[other % len(regions)]:
            self.world.table.part(regions[one % len(regions)], regions[other % len(regions)])
        self.step()

    @precondition(lambda self: len(self.lost) + 1 < len(self.world.regions))
    @rule(number=REGIONS)
    def lose(self, number: int) -> None:
        """Lose a region: it serves nobody and nothing leaves it until all is healed."""
        lost = self.region(number)
        self.lost.add(lost)
        for region in self.world.regions:
            if region != lost:
                self.world.table.part(region, lost)
        self.step()

    @rule(minutes=st.sampled_from([1, 20, 300, 1500]))
    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self.world.now += timedelta(minutes=minutes)
        self.step()

    def make(self, player: PlayerId, score: int, hours_ago: int, writer: str) -> Submission:
        """Return a new submission."""
        self.made += 1
        at = self.world.now - timedelta(hours=hours_ago)
        submission_id = SubmissionId.make(at, self.made.to_bytes(10))
        who = Player(player, str(player).title(), Country("FI"))
        return Submission(submission_id, "b", who, score, writer, "form")

    def send(self, region: str, one: Submission, crash_after: int | None) -> None:
        """Submit, and take note of what was promised."""
        self.checks.sent(one)
        try:
            accepted = self.world.submit(region, one, crash_after, self.ownership(region))
        except InvalidValue:
            assert one.submission_id.achieved_at < self.world.now - timedelta(days=7)
            accepted = False
        if accepted:
            self.checks.accepted(region, one)
        self.step()

    def step(self) -> None:
        """Count a step, and check what must hold at any time."""
        Regions.steps += 1
        self.steps_apart += 1
        self.checks.at_any_time()


class Leaderboard(Regions):
    """The leaderboard as it is."""

    worlds: ClassVar[Counter[Operator]] = Counter()
    """Worlds begun by all runs of this process, by what counts on their board."""

    @initialize(three=st.booleans(), skew=st.integers(-2000, 2000), operator=OPERATORS)
    def begin(self, three: bool, skew: int, operator: Operator) -> None:
        """Begin with two regions or three, of which the second's clock is wrong."""
        regions = (OREGON, DUBLIN, SYDNEY) if three else (OREGON, DUBLIN)
        self.open(regions, (0, skew, 0)[: len(regions)], operator)
        Leaderboard.worlds[operator] += 1

    @precondition(lambda self: self.steps_apart >= STEPS_APART)
    @rule()
    def heal(self) -> None:
        """Bring all back, let the regions come to rest, and check what must hold then."""
        self.lost.clear()
        self.steps_apart = 0
        self.world.settle(PLAYERS)
        self.step()
        self.checks.at_rest()

    @rule(
        target=SUBMISSIONS,
        rows=st.lists(st.tuples(st.sampled_from(PLAYERS), SCORES, HOURS_AGO), max_size=4),
    )
    def load(self, rows: list[tuple[PlayerId, int, int]]) -> MultipleResults[Submission]:
        """Import rows, where imports are taken: in the first region."""
        if self.world.regions[0] in self.lost:
            return multiple()
        many = [self.make(player, score, hours, IMPORT) for player, score, hours in rows]
        for one in many:
            self.checks.sent(one)
        self.world.load(many)
        for one in many:
            self.checks.loaded(one)
        self.step()
        return multiple(*many)

    @rule(one=SUBMISSIONS, number=REGIONS, restore=st.booleans(), crash_after=CRASHES)
    def remove_or_restore(
        self, one: Submission, number: int, restore: bool, crash_after: int | None
    ) -> None:
        """Let an operator remove a submission, or take that back."""
        region = self.region(number)
        decide = moderate.restore if restore else moderate.remove
        player_id, submission_id = one.player.player_id, one.submission_id

        self.decide(
            region,
            lambda store, ownership, act: decide(
                store, self.checks.board, player_id, submission_id, act, ownership
            ),
            player_id,
            crash_after,
        )

    @rule(
        player=st.sampled_from(PLAYERS),
        number=REGIONS,
        banned=st.booleans(),
        voided=st.booleans(),
        crash_after=CRASHES,
    )
    def ban_or_void_or_pardon(
        self,
        player: PlayerId,
        number: int,
        banned: bool,
        voided: bool,
        crash_after: int | None,
    ) -> None:
        """Let an operator ban a player, void what they did so far, or take both back."""
        profile = Profile(banned, self.world.now if voided else None)
        self.decide(
            self.region(number),
            lambda store, ownership, act: moderate.set_profile(
                store, player, profile, act, ownership
            ),
            player,
            crash_after,
        )

    @rule(number=REGIONS)
    def run_jobs(self, number: int) -> None:
        """Let a region's scheduled job run."""
        self.world.run_jobs(self.region(number))
        self.step()

    @rule(number=REGIONS, player=st.sampled_from(PLAYERS))
    def prune(self, number: int, player: PlayerId) -> None:
        """Let a region put its own entries of a player right."""
        self.world.prune(self.region(number), player)
        self.step()

    @rule(number=REGIONS)
    def expire(self, number: int) -> None:
        """Let DynamoDB delete a region's expired items."""
        self.world.table.expire(self.region(number), self.world.now.timestamp())
        self.step()

    def decide(
        self, region: str, decision: Decision, player: PlayerId, crash_after: int | None
    ) -> None:
        """Let an operator decide, and check that the own region shows it at once."""
        self.made += 1
        act = Act(f"{self.made:06}", "operator", "to see what happens", self.world.now)
        with self.checks.moderating():
            done = self.world.decide(region, partial(decision, act=act), crash_after)
        if done:
            self.checks.decided(region, player)
        self.step()


class Naive(Regions):
    """The plain guard: one entry a player, raised by whoever finds a lower one in its region."""

    @initialize()
    def begin(self) -> None:
        """Begin with two regions whose clocks are right."""
        self.open((OREGON, DUBLIN), (0, 0))

    def ownership(self, region: str) -> Ownership:
        """Let every region write the one entry."""
        del region
        return Ownership("shared", ("shared",))

    @precondition(lambda self: self.steps_apart >= STEPS_APART)
    @rule()
    def heal(self) -> None:
        """Bring all back, deliver everything, and check what was promised."""
        self.lost.clear()
        self.steps_apart = 0
        self.world.table.heal()
        self.world.table.deliver_all()
        self.step()
        for region in self.world.regions:
            self.checks.nothing_accepted_is_lost(region)
