"""What every stack should be: its template, and a value for each of its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bootstrap.stacks import lookups, places, regional, words, worldwide
from bootstrap.stacks.change_set import Stack
from bootstrap.stacks.lookups import Clients
from bootstrap.stacks.places import Place
from bootstrap.stacks.state import StackState
from bootstrap.stacks.wanted import Wanted
from bootstrap.stacks.words import Json
from leaderboard_app.deployment import Deployment, Stage

NOT_YET = "not-known-yet"
"""Stands in a plan for what another stack of the same plan will make."""

States = Mapping[Place, StackState | None]


@dataclass(frozen=True, slots=True)
class Designer:
    """Designs the stacks of a deployment.

    Attributes:
        deployment: the regions and the names.
        wanted: what the operator asks.
        clients: of AWS's services.
        apis: the id of each region's API.
    """

    deployment: Deployment
    wanted: Wanted
    clients: Clients
    apis: Mapping[str, str]

    @classmethod
    def of(cls, deployment: Deployment, wanted: Wanted, clients: Clients) -> Designer:
        """Return one, when the APIs that Zappa made are found.

        Raises:
            Problem: one is missing; or what is asked is no parameter.
        """
        templates = [template(deployment, place.stage) for place in places.of_all(deployment)]
        wanted.check(templates)
        stages = deployment.stages
        apis = {stage.region: lookups.api_id(clients, deployment, stage) for stage in stages}
        return cls(deployment, wanted, clients, apis)

    def design(self, place: Place, states: States) -> Stack:
        """Return a stack as it should be, as far as it can be known from what is there.

        Raises:
            Problem: the domain, or its zone, can't be that.
        """
        at_large = states[places.at_large(self.deployment)]
        computed = self._common(at_large.parameters if at_large else {})
        if place.stage:
            computed |= self._of_stage(place.stage, at_large.outputs if at_large else {})
            if not computed[words.DOMAIN]:
                computed[words.ZONE_ID] = "none"
        made = template(self.deployment, place.stage)
        values = self.wanted.values(made, states[place], computed)
        return Stack(place.name, place.region, made, values)

    def _common(self, before: Mapping[str, str]) -> dict[str, str]:
        domain = self.wanted.domain_after(before)
        zone = self.wanted.zone or before.get(worldwide.EXISTING_ZONE_ID, "")
        return {
            words.PREFIX: self.deployment.prefix,
            words.DOMAIN: domain,
            worldwide.EXISTING_ZONE_ID: zone,
            worldwide.ZONE_NAME: lookups.zone_name(self.clients, zone, domain) if zone else "",
            **{worldwide.api_parameter(region): api for region, api in self.apis.items()},
        }

    def _of_stage(self, stage: Stage, outputs: Mapping[str, str]) -> dict[str, str]:
        check = worldwide.check_output(stage.region)
        return {
            words.STAGE: stage.name,
            words.API_ID: self.apis[stage.region],
            words.ZONE_ID: outputs.get(worldwide.OUT_ZONE_ID, NOT_YET),
            words.HEALTH_CHECK_ID: outputs.get(check, NOT_YET),
        }


def template(deployment: Deployment, stage: Stage | None) -> Json:
    """Return the template of a stage's stack, or of the worldwide one."""
    if stage is None:
        return worldwide.template(deployment.stages)
    return regional.template([each for each in deployment.regions if each != stage.region])
