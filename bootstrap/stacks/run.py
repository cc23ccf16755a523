"""`stack`: the worldwide stack and one a region, planned, applied, shown and removed together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bootstrap.exits import Unavailable
from bootstrap.stacks import lookups, places, state, words, worldwide
from bootstrap.stacks.change_set import ChangeSet, Stack
from bootstrap.stacks.changes import Changer
from bootstrap.stacks.design import Designer, States
from bootstrap.stacks.lookups import Clients
from bootstrap.stacks.places import Place
from bootstrap.stacks.state import StackState
from bootstrap.stacks.wanted import Wanted
from leaderboard_app.deployment import Deployment

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stacks:
    """All stacks of a deployment.

    Attributes:
        deployment: the regions and the names.
        say: tells the operator a line.
        clients: of AWS's services.
    """

    deployment: Deployment
    say: Say
    clients: Clients

    def plan(self, wanted: Wanted) -> bool:
        """Say what would change, change nothing, and return whether anything would.

        Raises:
            Problem: something is missing or wrong, or another run is under way.
        """
        states = self._states()
        return self._rehearse(Designer.of(self.deployment, wanted, self.clients), states)

    def apply(self, wanted: Wanted) -> None:
        """Make the stacks what they should be, after saying what changes.

        Nothing is changed before all changes of all stacks were worked out. A run that was cut off
        is completed by the next.

        Raises:
            Problem: something is missing or wrong; or a stack can't be changed, and those before
                it in the list are.
        """
        self._settle()
        designer = Designer.of(self.deployment, wanted, self.clients)
        if not self._rehearse(designer, self._states()):
            self.say("Everything is in place.")
            return
        for place in places.of_all(self.deployment):
            self._change(place, designer.design(place, self._states()))
        self.say("Done.")

    def outputs(self) -> dict[Place, Mapping[str, str]]:
        """Return the outputs of every stack that is there. Raises Problem where it can't."""
        return {place: found.outputs for place, found in self._states().items() if found}

    def there(self, asked: Iterable[Place]) -> tuple[Place, ...]:
        """Return those places where there is a stack, in whatever state. Raises Problem."""
        return tuple(place for place in asked if self._look(place))

    def remove(self, asked: Iterable[Place]) -> None:
        """Delete stacks, in this order.

        Raises:
            Problem: one can't be deleted; those before it are gone.
        """
        for place in asked:
            found = self._look(place)
            if found is None:
                continue
            self.say(f"Deleting the stack {place}")
            if worldwide.OUT_NAME_SERVERS in found.outputs:
                lookups.forget_validation(self.clients, found.outputs[worldwide.OUT_ZONE_ID])
            doing = f"Could not delete the stack {place}"
            self._changer(place.region).remove(found.stack_id, doing)

    def _rehearse(self, designer: Designer, states: States) -> bool:
        for place, found in states.items():
            state.check_changeable(place.name, place.region, found)
            if found and found.busy:
                raise Unavailable(f"The stack {place} is {found.status}: run this again later.")
        stacks = [designer.design(place, states) for place in states]
        rehearsed = [self._changer(stack.region).rehearse(stack) for stack in stacks]
        for line in _lines(states, rehearsed):
            self.say(line)
        return any(changes.lines for changes in rehearsed)

    def _change(self, place: Place, stack: Stack) -> None:
        changer = self._changer(place.region)
        changes = changer.prepare(stack)
        if not changes.lines:
            return
        self.say(f"Changing the stack {place}")
        if place.stage and stack.values[words.DOMAIN]:
            self._say_delegation(stack.values[words.DOMAIN])
        changer.perform(stack, changes)

    def _say_delegation(self, domain: str) -> None:
        found = self._look(places.at_large(self.deployment))
        servers = found.outputs.get(worldwide.OUT_NAME_SERVERS) if found else None
        if servers:
            self.say(
                f"  It waits for its certificate, which waits until {domain} is looked up at "
                f"{servers}: tell the registrar, or whoever keeps the zone above."
            )

    def _settle(self) -> None:
        """Wait for what an earlier run left under way."""
        for place, found in self._states().items():
            if found and found.busy:
                self.say(f"The stack {place} is {found.status}: waiting")
                doing = f"Could not wait for the stack {place}"
                self._changer(place.region).settle(found.stack_id, doing)

    def _states(self) -> States:
        found = {place: self._look(place) for place in places.of_all(self.deployment)}
        return {place: each if each and each.exists else None for place, each in found.items()}

    def _look(self, place: Place) -> StackState | None:
        return self._changer(place.region).look(place.name)

    def _changer(self, region: str) -> Changer:
        return Changer(self.clients.get("cloudformation", region))


def _lines(states: States, rehearsed: Iterable[ChangeSet]) -> Iterator[str]:
    """Yield the plan for people: each stack, and below it what would change."""
    for (place, found), changes in zip(states.items(), rehearsed, strict=True):
        count = len(changes.lines)
        what = f"{count} changes" if found else f"to be made, with {count} resources"
        yield f"{place}: {what if count else 'no changes'}"
        yield from (f"  {line}" for line in changes.lines)
