"""A player's record on one board, and what a submission changes in it (invariants 1, 3 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leaderboard_app.domain.boards import Board, Operator
from leaderboard_app.domain.entries import Entry, bests
from leaderboard_app.domain.submissions import Submission, SubmissionId


@dataclass(frozen=True, slots=True)
class Profile:
    """What operators decided about a player, on all boards.

    Attributes:
        banned: nothing of theirs counts.
        voided_at: nothing achieved up to then counts; None where nothing was voided.
    """

    banned: bool = False
    voided_at: datetime | None = None


NOBODY_SPECIAL = Profile()


@dataclass(frozen=True, slots=True)
class Record:
    """What one region knows of a player on one board.

    Attributes:
        entries: theirs, in every period and by every writer.
        removed: the submissions that standing removals name.
        profile: what operators decided.
        submission: the stored submission that was asked about; None where there is none.
        operator: which of the player's submissions counts on the board.
        held: the removed submissions that wait for an operator: the board's rule removed them.
    """

    entries: tuple[Entry, ...] = ()
    removed: frozenset[SubmissionId] = frozenset()
    profile: Profile = NOBODY_SPECIAL
    submission: Submission | None = None
    operator: Operator = Operator.BEST
    held: frozenset[SubmissionId] = frozenset()

    def counts(self, entry: Entry) -> bool:
        """Say whether an entry counts: not banned, not voided, not removed."""
        voided_at = self.profile.voided_at
        return not (
            self.profile.banned
            or (voided_at is not None and entry.achieved_at <= voided_at)
            or entry.submission_id in self.removed
        )

    def bests(self) -> dict[str, Entry]:
        """Return the player's best of each period that counts, by period key."""
        return bests((e for e in self.entries if self.counts(e)), self.operator)

    def rises(self, before: Entry | None, entry: Entry) -> bool:
        """Say whether an entry stands higher than what its writer has, as far as that counts."""
        if before is None or not self.counts(before):
            return True
        return before.height(self.operator) < entry.height(self.operator)

    def after(self, writes: Iterable[EntryWrite]) -> Record:
        """Return the record once the writes are done."""
        entries = {entry.key: entry for entry in self.entries}
        entries.update((write.entry.key, write.entry) for write in writes)
        return replace(self, entries=tuple(entries.values()))


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose entries a region may write: its own and, the first region, those of no live region.

    Attributes:
        region: the region that asks.
        regions: all live regions; the first looks after what `import` and lost regions wrote.
    """

    region: str
    regions: Sequence[str]

    def covers(self, writer: str) -> bool:
        """Say whether this region writes the entries of `writer`."""
        return self.keeper_of(writer) == self.region

    def keeper_of(self, writer: str) -> str:
        """Return the region that writes the entries of `writer`."""
        return writer if writer in self.regions else self.regions[0]


@dataclass(frozen=True, slots=True)
class EntryWrite:
    """An entry as it shall stand.

    Attributes:
        entry: what to store, unless a higher one of the same writer is there by then.
        instead_of: the submission of a stored entry that counts no more, and so may be lowered;
            None where an entry may only rise.
    """

    entry: Entry
    instead_of: SubmissionId | None = None


def writes_for(
    record: Record, submission: Submission, board: Board, ownership: Ownership, now: datetime
) -> tuple[EntryWrite, ...]:
    """Return what this region must write of the player's entries when a submission comes in.

    Its writer's entries rise to the submission where it stands higher; of all entries of a period
    that count, the highest is ranked and no other. What stands so already is left alone, so the
    same submission again writes nothing.
    """
    raised = _raised(record, submission, board, now)
    return ranked_writes(record, raised, ownership.covers)


def regions_to_ask(
    record: Record, writes: Iterable[EntryWrite], ownership: Ownership
) -> frozenset[str]:
    """Return the other regions that, after the writes, rank an entry which is not the best.

    Each takes its own out when it next hears of the player; asking lets it hear of them soon.
    """
    after = record.after(writes)
    best = {entry.key for entry in after.bests().values()}
    outdone = (entry for entry in after.entries if entry.ranked and entry.key not in best)
    keepers = (ownership.keeper_of(entry.writer) for entry in outdone)
    return frozenset(region for region in keepers if region != ownership.region)


def ranked_writes(
    record: Record, changed: Iterable[Entry], covers: Callable[[str], bool]
) -> tuple[EntryWrite, ...]:
    """Return the writes after which changed entries stand and the best of each period is ranked.

    Entries of writers that are not covered are left as they are.
    """
    before = {entry.key: entry for entry in record.entries}
    after = before | {entry.key: entry for entry in changed if covers(entry.writer)}
    counting = (entry for entry in after.values() if record.counts(entry))
    ranked = {entry.key for entry in bests(counting, record.operator).values()}
    wanted = (entry.with_rank(ranked=key in ranked) for key, entry in after.items())
    return tuple(
        EntryWrite(entry, _replaceable(record, before.get(entry.key), entry))
        for entry in wanted
        if covers(entry.writer) and before.get(entry.key) != entry
    )


def _raised(record: Record, submission: Submission, board: Board, now: datetime) -> Iterator[Entry]:
    own = {entry.key: entry for entry in record.entries if entry.writer == submission.writer}
    for period in board.open_periods(submission.achieved_at, now):
        entry = Entry.of(submission, board, period)
        if record.counts(entry) and record.rises(own.get(entry.key), entry):
            yield entry


def _replaceable(record: Record, before: Entry | None, entry: Entry) -> SubmissionId | None:
    if before is None or record.counts(before):
        return None
    falls = entry.height(record.operator) < before.height(record.operator)
    return before.submission_id if falls else None
