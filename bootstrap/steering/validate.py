"""`validate`: does what is added in one region show in the others, and how soon?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bootstrap.exits import Problem
from bootstrap.steering import marks
from bootstrap.steering.browser import Browser, Page
from bootstrap.steering.marks import Mark
from bootstrap.steering.reaching import APPLY, asking
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.gateway.store import DynamoStore

PAUSE_SECONDS = 0.1
_OK = 200

Say = Callable[[str], None]


def board_of(deployment: Deployment, stores: Mapping[str, DynamoStore], board_id: str) -> Board:
    """Return a board, as the first region has it.

    Raises:
        Problem: there is none of that id, or the table can't be asked.
    """
    region = deployment.regions[0]
    with asking(f"Could not read the boards of table {deployment.table} in {region}"):
        boards = {board.board_id: board for board in stores[region].boards()}
    if board_id not in boards:
        known = ", ".join(sorted(boards)) or f"none yet. {APPLY}"
        raise Problem(f"There is no board {board_id!r}. The boards are: {known}.")
    return boards[board_id]


@dataclass(slots=True)
class Validation:
    """One run of `validate`.

    Attributes:
        deployment: the regions.
        board: the one that the scores are added to.
        browsers: by region, at least two.
        stores: by region; the marks are taken out through them.
        say: tells the operator a line.
        timeout: seconds to wait for each arrival, for equality, and for the end of the marks.
        marks: what was sent and not yet taken out.
    """

    deployment: Deployment
    board: Board
    browsers: Mapping[str, Browser]
    stores: Mapping[str, DynamoStore]
    say: Say
    timeout: float
    marks: list[Mark] = field(default_factory=list)

    def run(self) -> bool:
        """Say what was found, and whether all is as it should be; leave nothing behind.

        Raises:
            Problem: a page or a table can't be asked; or a mark can't be taken out, and it says
                which.
        """
        try:
            crossings = [self._cross(region) for region in self.browsers]
            is_well = self._compare() and all(crossings)
        finally:
            sent = self.clean()
        return self._see_them_gone(sent) and is_well

    def clean(self) -> list[Mark]:
        """Take out what was sent, and return it.

        Raises:
            Problem: a region does not answer; it names what is left.
        """
        sent = list(self.marks)
        try:
            while self.marks:
                marks.remove(self.marks[-1], self.board, self.stores, self.deployment)
                self.marks.pop()
        except (Problem, KeyboardInterrupt) as cause:
            left = ", ".join(f"{mark.name} ({mark.submission_id})" for mark in self.marks)
            raise Problem(
                f"Left behind on the board {self.board.board_id}: {left}. Remove them by hand."
            ) from cause
        if sent:
            self.say(f"Taken out again: {', '.join(mark.name for mark in sent)}.")
        return sent

    def _cross(self, region: str) -> bool:
        """Add a score in one region, and time its arrival in all others."""
        mark = marks.add(self.browsers[region], self.board, region, self.marks.append)
        start = time.monotonic()
        arrivals = [
            self._arrives(mark, start, region, other) for other in self.browsers if other != region
        ]
        return all(arrivals)

    def _arrives(self, mark: Mark, start: float, region: str, other: str) -> bool:
        for _ in self._moments():
            # Nobody else has a page of that name: that it is there says that the score arrived.
            if self.browsers[other].get(mark.page_on(self.board)).status == _OK:
                self.say(f"{region} to {other}: {time.monotonic() - start:.2f} s")
                return True
        self.say(f"{region} to {other}: not within {self.timeout:.0f} s")
        return False

    def _compare(self) -> bool:
        for _ in self._moments():
            if len({self._top(browser) for browser in self.browsers.values()}) == 1:
                self.say(f"The top of the board {self.board.board_id} is the same in all regions.")
                return True
        self.say(f"The tops of the board differ after {self.timeout:.0f} s:")
        for region, browser in self.browsers.items():
            self.say(f"  {region}: {_first(self._top(browser))}")
        return False

    def _top(self, browser: Browser) -> tuple[tuple[str, ...], ...]:
        answer = browser.get(f"/boards/{self.board.board_id}?asked={time.monotonic_ns()}")
        if answer.status != _OK:
            raise Problem(f"{answer.address} answers with status {answer.status}.")
        return tuple(tuple(row) for row in Page.of(answer.body).rows)

    def _see_them_gone(self, sent: Sequence[Mark]) -> bool:
        """Wait until no region counts a marked score any more."""
        for now in self._moments():
            if not any(self._counts(mark, region, now) for mark in sent for region in self.stores):
                return True
        self.say("A marked score still counts somewhere: its region mends that within minutes.")
        return False

    def _counts(self, mark: Mark, region: str, now: datetime) -> bool:
        with asking(f"Could not see in {region} whether {mark.name} is gone"):
            return bool(self.stores[region].record(self.board, mark.player_id, now).bests())

    def _moments(self) -> Iterator[datetime]:
        deadline = time.monotonic() + self.timeout
        yield datetime.now(UTC)
        while time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)
            yield datetime.now(UTC)


def _first(rows: tuple[tuple[str, ...], ...]) -> str:
    # The first row holds the headings.
    return " ".join(rows[1]) if len(rows) > 1 else "empty"
