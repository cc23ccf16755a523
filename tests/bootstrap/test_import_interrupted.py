"""An import that is killed anywhere, and run again, ends as if nothing had happened."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bootstrap import exits
from bootstrap.importing.checkpoint import Mark, TableCheckpoint, name_of
from bootstrap.importing.load import Import
from bootstrap.importing.sources import opened
from bootstrap.importing.target import Destination
from bootstrap.table import shape
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway import schema
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import Loaded
from tests.bootstrap.commands import Commands
from tests.worlds import BOARD, NOW, OREGON, REGIONS

HEADER = "player,country,score,achieved_at\n"
ADA = "Ada,GB,12,2026-11-20T10:00:00Z\n"
BOB = "Bob,FI,11,2026-11-20T10:00:01Z\n"

pytestmark = pytest.mark.ministack


class Killed(BaseException):
    """The process is no more."""


@dataclass
class Life:
    """Lets so many calls pass, and none after them.

    Attributes:
        calls: how many there were.
        left: how many more may pass; None for all.
        event: when a call counts: before it is sent, or after it was answered.
    """

    left: int | None = None
    event: str = "before-send"
    calls: int = 0

    def hold(self, *clients: Any) -> None:  # noqa: ANN401 - boto3's clients.
        for client in clients:
            client.meta.events.register_first(f"{self.event}.dynamodb", self._count)

    def _count(self, **_: object) -> None:
        self.calls += 1
        if self.left is not None and self.calls > self.left:
            raise Killed


@dataclass(frozen=True)
class World:
    """An empty table and a file, again and again."""

    endpoint: str
    file: Path

    @contextmanager
    def table(self) -> Iterator[str]:
        name = f"t{secrets.token_hex(6)}"
        client = DynamoStore(OREGON, name, self.endpoint).client
        request = shape.table(name)
        request["DeletionProtectionEnabled"] = False
        client.create_table(**request)
        yield name
        client.delete_table(TableName=name)

    def take(self, table: str, life: Life) -> Loaded:
        store = DynamoStore(OREGON, table, self.endpoint)
        loader = BulkLoader(OREGON, table, self.endpoint, lambda _: None)
        life.hold(store.client, loader.client)
        target = Destination(store, loader, Ownership(OREGON, REGIONS))
        with opened(self.file) as file:
            checkpoint = target.checkpoint(BOARD, file)
            mark = checkpoint.find(NOW)
            run = Import(file, BOARD, target, NOW, checkpoint, mark.rows if mark else 0, stretch=30)
            return run.load(lambda _: None, run.check().stored_before)

    def everything(self, table: str) -> list[str]:
        client = DynamoStore(OREGON, table, self.endpoint).client
        found = client.scan(TableName=table)["Items"]
        # When a ranking was marked as changed is the run's own affair; that it was marked is not.
        told = (
            {n: v for n, v in item.items() if not _is_marker(item) or n != "at"} for item in found
        )
        return sorted(repr(sorted(item.items())) for item in told)


def _is_marker(item: Mapping[str, Any]) -> bool:
    return bool(item["pk"]["S"] == schema.changes(BOARD.board_id))


@pytest.fixture
def world(ministack: str, tmp_path: Path) -> World:
    file = tmp_path / "scores.csv"
    rows = [
        f"Player {n % 40},FI,{n * 37 % 50},2026-11-{10 + n % 9}T10:00:{n % 60:02}Z\n"
        for n in range(70)
    ]
    rows[10:10] = [rows[3], "Cy,ZZ,1,2026-11-20T10:00:00Z\n"]
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    return World(ministack, file)


@pytest.mark.slow
@pytest.mark.parametrize("event", ["before-send", "after-call"])
def test_killed_between_any_two_calls_and_run_again_it_ends_the_same(
    world: World, event: str
) -> None:
    with world.table() as table:
        whole = Life(event=event)
        world.take(table, whole)
        expected = world.everything(table)
    assert len(expected) > 70

    cut = 0
    for lived in range(whole.calls):
        with world.table() as table:
            with pytest.raises(Killed):
                world.take(table, Life(lived, event))
            cut += bool(world.everything(table))
            world.take(table, Life())
            assert world.everything(table) == expected, f"killed after {lived} calls"
    assert cut > whole.calls / 2


@pytest.mark.slow
def test_killed_at_every_run_after_a_few_calls_it_ends_the_same_all_the_same(world: World) -> None:
    with world.table() as table:
        world.take(table, Life())
        expected = world.everything(table)

    with world.table() as table:
        for lived in count(1):
            try:
                world.take(table, Life(lived))
                break
            except Killed:
                pass
        assert world.everything(table) == expected


def test_a_finished_import_leaves_no_mark(world: World) -> None:
    with world.table() as table:
        world.take(table, Life())

        assert not [item for item in world.everything(table) if "{'S': 'import'}" in item[:20]]
        assert world.take(table, Life()) == Loaded(stored=0, present=70)


def checkpoint(deployment: Deployment, file: Path) -> TableCheckpoint:
    """Return where an import of a file to the deployment's only board keeps its mark."""
    store = DynamoStore(deployment.regions[0], deployment.table)
    (board,) = store.boards()
    with opened(file) as found:
        name = name_of(found.digest(), board, deployment.regions[0])
    return TableCheckpoint(store.client, deployment.table, name)


def marked(commands: Commands, content: str, at: datetime) -> None:
    """Leave the mark of an import of such a file that was interrupted after its first row."""
    file = commands.folder / "scores.csv"
    file.write_text(content, encoding="utf-8")
    checkpoint(commands.deployment, file).keep(Mark(1, at))


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.mark.usefixtures("applied")
def test_the_second_run_goes_on_where_the_first_was_interrupted(commands: Commands) -> None:
    marked(commands, HEADER + ADA + BOB, now() - timedelta(hours=1))

    result = commands.load(HEADER + ADA + BOB)

    assert result.exit_code == exits.DONE
    first, last = result.output.splitlines()
    assert first == "Going on after 1 row, where an import of this was interrupted."
    assert last.endswith("1 new, 1 there before.")
    found = checkpoint(commands.deployment, commands.folder / "scores.csv")
    assert found.find(now()) is None


@pytest.mark.usefixtures("applied")
def test_the_mark_of_another_file_is_not_trusted(commands: Commands) -> None:
    marked(commands, HEADER + ADA + BOB, now())

    assert "Going on" not in commands.load(HEADER + BOB + ADA).output


@pytest.mark.usefixtures("applied")
def test_an_old_mark_is_not_trusted(commands: Commands) -> None:
    marked(commands, HEADER + ADA + BOB, now() - timedelta(days=1, seconds=1))

    assert "Going on" not in commands.load(HEADER + ADA + BOB).output


def test_the_mark_s_name_is_of_the_file_the_board_as_it_is_and_the_region() -> None:
    names = {
        name_of("csv 1", BOARD, OREGON),
        name_of("csv 2", BOARD, OREGON),
        name_of("csv 1", replace(BOARD, decimals=2), OREGON),
        name_of("csv 1", replace(BOARD, board_id="laps"), OREGON),
        name_of("csv 1", BOARD, "eu-west-1"),
    }

    assert len(names) == 5
