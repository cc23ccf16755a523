"""Mozilla's HTTP Observatory gives our pages its best grade, over HTTPS."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from werkzeug.serving import make_server

from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, Clock, Seed, make_app

SCANNER = Path(__file__).resolve().parents[2] / ".ci" / "observatory"
NODE = shutil.which("node") or ""
IS_INSTALLED = NODE and (SCANNER / "node_modules").is_dir()

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not IS_INSTALLED, reason="no scanner: npm --prefix .ci/observatory ci"),
]


@dataclass(frozen=True)
class Front:
    """The app behind TLS, as API Gateway serves it; there is no plain HTTP beside it."""

    address: str
    authority: Path


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    authority = trustme.CA()
    written = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(written))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    store, clock = MemoryStore([STAR_RUN]), Clock()
    Seed(store, clock)("Ada", 5)
    server = make_server("127.0.0.1", 0, make_app(store, clock), threaded=True, ssl_context=context)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Front(f"localhost:{server.port}", written)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "path",
    [
        "/boards/star-run",
        "/boards/star-run/players/name:ada",
        "/boards/star-run/scores/new",
        "/status",
        "/api/v1/docs",
        "/operators/sign-in",
    ],
)
def test_a_page_is_graded_a_plus(front: Front, path: str) -> None:
    ran = subprocess.run(
        [NODE, "scan.mjs", front.address + path],
        cwd=SCANNER,
        env=os.environ | {"NODE_EXTRA_CA_CERTS": str(front.authority)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert (found["grade"], found["failed"]) == ("A+", []), found
