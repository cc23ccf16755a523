"""The regions' web servers: one child each, on a port that this process took for it."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from bootstrap.sandbox import loopback
from bootstrap.sandbox.environment import local
from bootstrap.sandbox.parts import Part, PartFailed
from bootstrap.sandbox.place import Place
from leaderboard_app.deployment import Stage

ANSWER_SECONDS = 60.0
_HTTP_OK = 200
_READY = "/status.json"
"""Is answered once the region's table is. Not /healthz: a region that was drained when the sandbox
was stopped is still draining, and serves."""


@dataclass(frozen=True, slots=True)
class Site:
    """One region's web server."""

    stage: Stage
    port: int
    part: Part
    environment: Mapping[str, str] = field(repr=False)
    place: Place

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return loopback.address_of(self.port)

    def wait(self) -> None:
        """Return once it serves, its region's table included.

        Raises:
            PartFailed: it ended, or does not serve within a minute.
        """
        if not loopback.wait_until(self._serves, ANSWER_SECONDS):
            raise PartFailed(
                f"{self.part.name} did not serve {self.address}{_READY} in {ANSWER_SECONDS:.0f} s. "
                f"{self.part.last_words()}"
            )

    def _serves(self) -> bool:
        self.part.check()
        answer = loopback.get(self.port, _READY)
        return answer is not None and answer[0] == _HTTP_OK

    def revived(self) -> Site:
        """Start the server again, at the same address, once it has ended.

        Raises:
            PartFailed: somebody else took the port.
        """
        try:
            with loopback.listen(self.port) as listener:
                part = _start_one(self.stage, listener, self.environment, self.place)
        except OSError as cause:
            raise PartFailed(f"{self.part.name} can't listen at {self.address} again.") from cause
        return replace(self, part=part)


Endpoints = Mapping[str, str]
"""The address of each region's DynamoDB."""


def start(
    stages: Sequence[Stage],
    first_port: int,
    environment: Mapping[str, str],
    endpoints: Endpoints,
    place: Place,
) -> list[Site]:
    """Start a server for each stage, the first at `first_port` where that is free, and so on.

    Returns before they serve. Each knows all addresses, by `LEADERBOARD_SITES`.
    """
    with ExitStack() as ours:
        listeners = [
            ours.enter_context(loopback.listen_near(first_port + number))
            for number in range(len(stages))
        ]
        ports = [loopback.port_of(listener) for listener in listeners]
        addresses = " ".join(
            f"{stage.region}={loopback.address_of(port)}"
            for stage, port in zip(stages, ports, strict=True)
        )
        started = []
        for stage, port, listener in zip(stages, ports, listeners, strict=True):
            own = local({**environment, "LEADERBOARD_SITES": addresses}, endpoints[stage.region])
            own["AWS_REGION"] = stage.region
            part = _start_one(stage, listener, own, place)
            started.append(Site(stage, port, part, own, place))
        return started


def _start_one(
    stage: Stage, listener: socket.socket, environment: Mapping[str, str], place: Place
) -> Part:
    descriptor = listener.fileno()
    return Part.start(
        stage.name.capitalize(),
        "bootstrap.sandbox.serve",
        environment,
        place.log_of(stage.name),
        arguments=[str(descriptor)],
        pass_fds=[descriptor],
    )
