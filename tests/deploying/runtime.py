"""A package under AWS's own runtime client, `awslambdaric`, fed by a Runtime API on loopback."""

from __future__ import annotations

import json
import queue
import subprocess
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bootstrap.deploying.offline.account import Account
from bootstrap.deploying.offline.http import Answer, Front, Request

NEXT = "/2018-06-01/runtime/invocation/next"
SENDER = "203.0.113.9"
ANSWER_SECONDS = 60
FUNCTION = "arcade-oregon"

OBSERVER = """
import handler, wsgi

inner = wsgi.app.wsgi_app

def observed(environ, start_response):
    def start(status, headers, exc_info=None):
        seen = environ.get("HTTP_X_SOURCE_IP", "")
        return start_response(status, [*headers, ("X-Seen-Source", seen)], exc_info)
    return inner(environ, start)

wsgi.app.wsgi_app = observed
lambda_handler = handler.lambda_handler
"""
"""Tells what the app is told of the sender; the package itself is as it was uploaded."""


@dataclass
class RuntimeApi:
    """What a runtime client asks for work, and tells what came of it."""

    events: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)
    results: queue.Queue[tuple[str, bytes]] = field(default_factory=queue.Queue)

    def __call__(self, request: Request) -> Answer:
        if request.path == NEXT:
            event = self.events.get()
            headers = (
                ("Content-Type", "application/json"),
                ("Lambda-Runtime-Aws-Request-Id", "request-1"),
                ("Lambda-Runtime-Deadline-Ms", str(int(time.time() * 1000) + 25_000)),
                (
                    "Lambda-Runtime-Invoked-Function-Arn",
                    f"arn:aws:lambda:us-west-2:000000000000:function:{FUNCTION}",
                ),
            )
            return Answer(200, headers, json.dumps(event).encode())
        self.results.put((request.path, request.body))
        return Answer(202, (), b"{}")

    def invoke(self, event: dict[str, Any]) -> dict[str, Any]:
        """Return what the function answers to an event."""
        self.events.put(event)
        path, body = self.results.get(timeout=ANSWER_SECONDS)
        assert path.endswith("/response"), (path, body)
        answer: dict[str, Any] = json.loads(body)
        return answer


@contextmanager
def under_aws_runtime(account: Account, package: Path, folder: Path) -> Iterator[RuntimeApi]:
    """Run a package as AWS does, but for the sandbox around it."""
    with zipfile.ZipFile(package) as packed:
        packed.extractall(folder)
    (folder / "observer.py").write_text(OBSERVER, encoding="utf-8")
    described = account.client("lambda", "us-west-2").get_function_configuration(
        FunctionName=FUNCTION
    )
    api = RuntimeApi()
    front = Front(api)
    environ = {name: value for name, value in account.environ.items() if "PROXY" not in name}
    process = subprocess.Popen(
        [account.running.python, "-m", "awslambdaric", "observer.lambda_handler"],
        cwd=folder,
        env=environ
        | described["Environment"]["Variables"]
        | {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{front.port}",
            "AWS_REGION": "us-west-2",
            "AWS_LAMBDA_FUNCTION_NAME": FUNCTION,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "LAMBDA_TASK_ROOT": str(folder),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield api
    finally:
        process.kill()
        process.communicate()
        front.close()


def event(method: str, path: str, headers: Mapping[str, str], body: str = "") -> dict[str, Any]:
    """Return the event that a regional REST API makes of a request, as AWS documents it.

    https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
    """
    host = "abcdef1234.execute-api.us-west-2.amazonaws.com"
    told = {"Host": host, "X-Forwarded-For": f"6.6.6.6, {SENDER}", "X-Forwarded-Proto": "https"}
    all_headers = told | dict(headers)
    parts = urlsplit(path)
    query = dict(parse_qsl(parts.query))
    return {
        "resource": "/{proxy+}",
        "path": parts.path,
        "httpMethod": method,
        "headers": all_headers,
        "multiValueHeaders": {name: [value] for name, value in all_headers.items()},
        "queryStringParameters": query or None,
        "multiValueQueryStringParameters": {n: [v] for n, v in query.items()} or None,
        "pathParameters": {"proxy": parts.path.lstrip("/")},
        "stageVariables": None,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "abcdef1234",
            "domainName": host,
            "httpMethod": method,
            "identity": {"sourceIp": SENDER, "userAgent": "test"},
            "path": f"/oregon{parts.path}",
            "protocol": "HTTP/1.1",
            "requestId": "request-1",
            "resourcePath": "/{proxy+}",
            "stage": "oregon",
        },
        "body": body or None,
        "isBase64Encoded": False,
    }


def header(answer: dict[str, Any], name: str) -> str:
    """Return a header of what a function answered."""
    many = answer.get("multiValueHeaders") or {}
    named = {key.lower(): values[0] for key, values in many.items()}
    named |= {key.lower(): value for key, value in (answer.get("headers") or {}).items()}
    return str(named.get(name.lower(), ""))
