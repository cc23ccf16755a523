"""A deployed stage as a client meets it: at its API Gateway address, over TLS."""

from __future__ import annotations

import http.client
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from bootstrap.deploying.offline.account import Account
from bootstrap.deploying.offline.gateway import host_of
from bootstrap.deploying.offline.http import Answer
from leaderboard_app.deployment import Stage
from tests.web.html_page import Page, faults_of

BOARD = "/boards/global"
NEW_SCORE = f"{BOARD}/scores/new"


@dataclass
class Site:
    """A stage, asked through the offline account's proxy, its certificate checked."""

    account: Account
    stage: Stage
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.host = host_of(self.account.api_of(self.stage), self.stage.region)
        self.root = f"/{self.stage.name}"

    @property
    def address(self) -> str:
        return f"https://{self.host}{self.root}"

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path below the stage."""
        return self.ask("GET", self.root + path, b"", **headers)

    def page(self, path: str) -> Page:
        """Return a page that has no fault."""
        answer = self.get(path)
        assert answer.status == 200, answer
        page = Page(answer.body.decode())
        faults = faults_of(page)
        assert not faults, faults
        return page

    def add(self, name: str, score: int) -> Answer:
        """Fill in the form as it comes, and send it."""
        form = self.page(NEW_SCORE).fields("score-form")
        filled = form | {"name": name, "country": "SE", "score": str(score)}
        return self.post(NEW_SCORE, filled, Referer=self.address + NEW_SCORE)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        """Send a form to a path below the stage."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", self.root + path, urlencode(form).encode(), **kind, **headers)

    def ask(self, method: str, path: str, body: bytes, **headers: str) -> Answer:
        proxy = urlsplit(self.account.environ["HTTPS_PROXY"])
        context = ssl.create_default_context(cafile=str(self.account.certificate.bundle))
        connection = http.client.HTTPSConnection(
            str(proxy.hostname), proxy.port, timeout=60, context=context
        )
        connection.set_tunnel(self.host, 443)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        got = connection.getresponse()
        answer = Answer(got.status, tuple(got.getheaders()), got.read())
        connection.close()
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
        return answer
