"""A door for a person's browser: a deployed stage at an address that needs no certificate."""

from __future__ import annotations

from dataclasses import replace

from bootstrap.deploying.offline.gateway import host_of, to_ministack
from bootstrap.deploying.offline.http import Answer, Front, Request, Responder

_SECURE = "; Secure"
_OF_A_SECURE_HOST, _OF_THE_DOOR = "__Host-", "door-"
"""What a cookie's name begins with that a browser takes from a secure address alone."""


class Door(Front):
    """Answers on plain HTTP as the API does on HTTPS, below the same path."""

    def __init__(self, ministack: Responder, api_id: str, region: str, stage: str) -> None:
        """Listen on a free port."""
        self._ministack = ministack
        self._host = host_of(api_id, region)
        self._stage = stage
        super().__init__(self._answer)

    @property
    def site(self) -> str:
        """Where a browser finds the stage."""
        return f"{self.address}/{self._stage}"

    def _answer(self, request: Request) -> Answer:
        if not request.path.startswith(f"/{self._stage}"):
            return Answer(302, (("Location", self.site),), b"")
        answer = to_ministack(self._inward(request), self._ministack)
        headers = tuple((name, _outward(name, value)) for name, value in answer.headers)
        return replace(answer, headers=headers)

    def _inward(self, request: Request) -> Request:
        """Return a request as if it had been made at the API's own address."""
        changed = {"Host": self._host}
        for name in ("Origin", "Referer"):
            if request.header(name):
                changed[name] = request.header(name).replace(self.address, f"https://{self._host}")
        if request.header("Cookie"):
            changed["Cookie"] = request.header("Cookie").replace(_OF_THE_DOOR, _OF_A_SECURE_HOST)
        return request.with_headers(**changed)


def _outward(name: str, value: str) -> str:
    """Return a header's value as a browser takes it from an address that is not secure."""
    if name.lower() != "set-cookie":
        return value
    return value.replace(_SECURE, "").replace(_OF_A_SECURE_HOST, _OF_THE_DOOR)
