"""API Gateway's addresses on this machine: `https://ID.execute-api.REGION.amazonaws.com/STAGE/`.

An HTTPS proxy that ends at this machine: it shows a certificate of its own for these names alone,
and refuses all others, so that nothing gets out.
"""

from __future__ import annotations

import re
import ssl
from dataclasses import replace
from pathlib import Path

import boto3
import trustme

from bootstrap.deploying.offline.http import Answer, Front, Handler, Request, Responder, without

HOST = re.compile(r"([a-z0-9]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com")

_FORBIDDEN = 403
_FORWARDED = frozenset({"x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"})


def host_of(api_id: str, region: str) -> str:
    """Return the name of an API's host."""
    return f"{api_id}.execute-api.{region}.amazonaws.com"


def to_ministack(request: Request, ministack: Responder) -> Answer:
    """Answer a request to an API's host; its `Host` says which.

    As API Gateway does, and MiniStack does not, it takes the sender's address from the connection:
    what a client says of it is not believed.
    """
    found = HOST.fullmatch(request.header("Host"))
    if not found:
        return Answer(_FORBIDDEN, (), b"This is no address of an API.")
    told = (("X-Forwarded-For", request.sender), ("X-Forwarded-Proto", "https"))
    headers = (*without(request.headers, _FORWARDED), *told)
    return ministack(
        replace(request, path=f"/_aws/execute-api/{found[1]}{request.path}", headers=headers)
    )


class Certificate:
    """A certificate for the hosts of all regions' APIs, and the file that has it trusted."""

    def __init__(self, folder: Path) -> None:
        """Make one, with an authority of its own."""
        authority = trustme.CA()
        regions = boto3.session.Session().get_available_regions("apigateway")
        names = [f"*.execute-api.{region}.amazonaws.com" for region in regions]
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*names).configure_cert(self.context)
        self.bundle = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.bundle))


class _Proxy(Handler):
    """Answers CONNECT, and then what comes through the tunnel."""

    server: GatewayProxy

    def do_CONNECT(self) -> None:  # noqa: N802 - the parent's way of naming.
        host = self.path.partition(":")[0]
        if not HOST.fullmatch(host):
            self.write(Answer(_FORBIDDEN, (), b"Nothing gets out of here."))
            return
        self.send_response_only(200)
        self.end_headers()
        self.connection = self.server.certificate.context.wrap_socket(
            self.connection, server_side=True
        )
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False

    def finish(self) -> None:
        """Close the tunnel, too: the server closes the connection that it accepted alone."""
        super().finish()
        self.connection.close()


class GatewayProxy(Front):
    """An HTTPS proxy to the APIs of MiniStack."""

    def __init__(self, ministack: Responder, certificate: Certificate) -> None:
        """Listen on a free port."""
        self.certificate = certificate
        super().__init__(lambda request: to_ministack(request, ministack), _Proxy)
