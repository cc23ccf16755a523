"""Does the steps of a plan for the secret."""

from __future__ import annotations

import secrets as randomness
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import assert_never

from bootstrap import aws
from bootstrap.secret import plan
from bootstrap.secret.parameters import Found, Vault
from bootstrap.secret.plan import How, Step

SECRET_BYTES = 32

Say = Callable[[str], None]
Plan = Callable[[Found, str], tuple[Step, ...]]


def new_key() -> str:
    """Return a key that nobody can guess."""
    return randomness.token_urlsafe(SECRET_BYTES)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Changes the secret of a vault, telling the operator what it does."""

    vault: Vault
    say: Say
    make_key: Callable[[], str] = new_key

    def rehearse(self, make_plan: Plan = plan.completing) -> tuple[Step, ...]:
        """Say what a plan would do, change nothing, and return it.

        Raises:
            Problem: the parameters can't be read, or the plan can't be made.
        """
        steps = make_plan(self.vault.look(), self.make_key())
        for step in steps:
            self.say(f"  {step}")
        return steps

    def run(self, make_plan: Plan = plan.completing) -> tuple[Step, ...]:
        """Do a plan and return it: nothing where nothing was to do.

        Raises:
            Problem: the parameters can't be read, the plan can't be made, a step failed (those
                before it are done), or somebody else changed them meanwhile.
        """
        steps = make_plan(self.vault.look(), self.make_key())
        self.perform(steps)
        plan.check(self.vault.look())
        return steps

    def perform(self, steps: Iterable[Step]) -> None:
        """Do steps, one after the other. Raises Problem where AWS does not."""
        for step in steps:
            self.say(str(step))
            with aws.explaining(f"Could not do this in {step}"):
                self._do(step)

    def _do(self, step: Step) -> None:
        match step.how:
            case How.MAKE:
                self.vault.make(step.region, step.parameter, step.value)
            case How.REPLACE:
                self.vault.replace(step.region, step.parameter, step.value)
            case How.FORGET:
                self.vault.forget(step.region, step.parameter)
            case _:
                assert_never(step.how)
