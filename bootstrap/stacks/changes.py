"""Changes stacks by change set: made, shown, and then done or thrown away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from bootstrap.aws import explaining
from bootstrap.exits import Problem, Unavailable
from bootstrap.stacks import change_set, state
from bootstrap.stacks.change_set import ChangeSet, Stack
from bootstrap.stacks.state import StackState
from bootstrap.stacks.words import Json

PATIENCE_SECONDS = 30 * 60.0
"""A certificate waits until its name is looked up where we say: that can be a person's work."""

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 10.0
_UNDER_WAY = frozenset({"CREATE_PENDING", "CREATE_IN_PROGRESS"})
_NOTHING = ("didn't contain changes", "No updates are to be performed")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changer:
    """Changes the stacks of one region.

    Attributes:
        client: of CloudFormation there.
        pause: waits that many seconds.
    """

    # The stubs of this service are not among the requirements.
    client: Any
    pause: Callable[[float], None] = time.sleep

    def look(self, name: str) -> StackState | None:
        """Return a stack in whatever state; None where there is none. Raises Problem."""
        return state.look(self.client, name)

    def rehearse(self, stack: Stack) -> ChangeSet:
        """Return what would change, and leave nothing behind.

        Raises:
            Problem: CloudFormation refuses the template or a value, or can't be asked.
        """
        changes = self.prepare(stack)
        if changes.lines:
            self.discard(stack, changes)
        return changes

    def prepare(self, stack: Stack) -> ChangeSet:
        """Return a change set that can be done; one without lines is thrown away already.

        Raises:
            Problem: CloudFormation refuses the template or a value, or can't be asked.
        """
        is_new = not self._exists(stack)
        doing = f"Could not work out the changes of the stack {stack.name} in {stack.region}"
        with explaining(doing):
            made = self.client.create_change_set(**change_set.request(stack, is_new=is_new))
            name, stack_id = made["Id"], made["StackId"]
            found = self._poll(
                lambda: self.client.describe_change_set(ChangeSetName=name),
                lambda found: found["Status"] not in _UNDER_WAY,
                doing,
            )
            if found["Status"] == "FAILED":
                self.discard(stack, ChangeSet(name, stack_id, ()))
                why = " ".join(found.get("StatusReason", "no reason given").split())
                if any(words in why for words in _NOTHING):
                    return ChangeSet(name, stack_id, ())
                raise Problem(f"{doing}: {why.rstrip('.')}.")
            return ChangeSet(name, stack_id, tuple(change_set.lines(self._changes(name))))

    def discard(self, stack: Stack, changes: ChangeSet) -> None:
        """Throw a change set away, with the empty stack that a first one makes. Raises Problem."""
        doing = f"Could not tidy up the stack {stack.name} in {stack.region}"
        with explaining(doing):
            with suppress(self.client.exceptions.ChangeSetNotFoundException):
                self.client.delete_change_set(ChangeSetName=changes.name)
            if self._exists(stack):
                return
            self.client.delete_stack(StackName=changes.stack_id)
        # Until it is gone, CloudFormation takes no new one of its name.
        self.settle(changes.stack_id, doing)

    def perform(self, stack: Stack, changes: ChangeSet) -> None:
        """Do a change set, and wait until it is done.

        Raises:
            Problem: it failed and all is as it was, or it takes longer than half an hour.
        """
        doing = f"Could not change the stack {stack.name} in {stack.region}"
        with explaining(doing):
            self.client.execute_change_set(ChangeSetName=changes.name)
        found = self.settle(changes.stack_id, doing)
        if found is None or found.status not in state.DONE:
            after = found.status if found and found.exists else "removed again"
            why = self._reason(changes.stack_id, state.CHANGE, doing)
            raise Problem(f"{doing}: {why}. It is {after}.")

    def settle(self, stack_id: str, doing: str) -> StackState | None:
        """Wait until nothing is under way, and return what is there then.

        Raises:
            Problem: CloudFormation can't be asked, or takes longer than half an hour.
        """
        return self._poll(
            lambda: state.look(self.client, stack_id),
            lambda found: found is None or not found.busy,
            doing,
        )

    def remove(self, stack_id: str, doing: str) -> None:
        """Delete a stack with all that is in it, and wait until it is gone.

        Raises:
            Problem: something of it can't be deleted, or it takes longer than half an hour.
        """
        with explaining(doing):
            self.client.delete_stack(StackName=stack_id)
        left = self.settle(stack_id, doing)
        if left and left.status != state.GONE:
            why = self._reason(stack_id, state.REMOVAL, doing)
            raise Problem(f"{doing}: {why}. Mend that, then run stack remove again.")

    def _reason(self, stack_id: str, begun: frozenset[str], doing: str) -> str:
        with explaining(doing):
            pages = self.client.get_paginator("describe_stack_events").paginate(StackName=stack_id)
            return state.reason(chain.from_iterable(page["StackEvents"] for page in pages), begun)

    def _exists(self, stack: Stack) -> bool:
        found = self.look(stack.name)
        return found is not None and found.exists

    def _changes(self, name: str) -> Iterator[Json]:
        pages = self.client.get_paginator("describe_change_set").paginate(ChangeSetName=name)
        for page in pages:
            yield from (each["ResourceChange"] for each in page["Changes"])

    def _poll(self, ask: Callable[[], T], is_over: Callable[[T], bool], doing: str) -> T:
        """Ask at once and then again after ever longer pauses, until it is over: half an hour."""
        waited, pause = 0.0, _FIRST_PAUSE_SECONDS
        while not is_over(found := ask()):
            if waited > PATIENCE_SECONDS:
                raise Unavailable(
                    f"{doing}: CloudFormation is still at it after {PATIENCE_SECONDS / 60:.0f} "
                    "minutes. Run this again later: it goes on from there."
                )
            self.pause(pause)
            waited, pause = waited + pause, min(pause * 1.5, _LONGEST_PAUSE_SECONDS)
        return found
