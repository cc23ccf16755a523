"""`keys create|list|rotate|revoke`, for real, against MiniStack; and both regions go by it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bootstrap import exits
from bootstrap.keys.book import KeyBook
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.keys import Scope, Secret, UnknownKey
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.keys import MAX_AGE, Keys
from tests.bootstrap.commands import Commands, problem

OREGON, DUBLIN = "us-west-2", "eu-west-1"
NOWHERE = "http://127.0.0.1:1"
NOBODY = "000000000000"

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack")]


class BothRegions:
    """What each region remembers of the keys, by a clock that is moved."""

    def __init__(self, deployment: Deployment) -> None:
        self.now = datetime.now(UTC)
        self.keys = [
            Keys(DynamoStore(region, deployment.table).keys, lambda: self.now)
            for region in deployment.regions
        ]

    def take(self, secret: str) -> list[bool]:
        return [self._takes(keys, secret) for keys in self.keys]

    def _takes(self, keys: Keys, secret: str) -> bool:
        try:
            return bool(keys.authenticate(secret, Scope.SUBMIT))
        except UnknownKey:
            return False


def create(commands: Commands, *arguments: str) -> str:
    """Make a key and return its secret."""
    result = commands.run("keys", "create", "--label", "Game", "--scope", "submit", *arguments)
    assert result.exit_code == exits.DONE, result.stderr
    return result.stdout.strip()


def test_a_new_keys_secret_is_all_that_comes_on_standard_output(
    commands: Commands, applied: Deployment
) -> None:
    result = commands.run("keys", "create", "--label", "Game", "--scope", "submit")
    secret = Secret(result.stdout.removesuffix("\n"))
    said = f"Made key {secret.key_id} (submit) for Game. Its secret:\n"
    assert result.stderr == said
    assert BothRegions(applied).take(secret.text) == [True, True]


@pytest.mark.usefixtures("applied")
def test_keys_are_listed_without_their_secrets(commands: Commands) -> None:
    one = Secret(create(commands))
    other = Secret(create(commands, "--scope", "moderate"))
    for arguments in ((), ("--json",)):
        result = commands.run("keys", "list", *arguments)
        assert result.exit_code == exits.DONE
        for secret in (one, other):
            assert str(secret.key_id) in result.stdout
            assert secret.text not in result.stdout
            assert secret.digest not in result.stdout
    listed = json.loads(commands.run("keys", "list", "--json").stdout)
    assert [key["scopes"] for key in listed] == [["submit"], ["moderate", "submit"]]
    assert set(listed[0]) == {
        *("key_id", "label", "scopes"),
        *("created_at", "former_good_until", "revoked_at"),
    }


@pytest.mark.usefixtures("applied")
def test_without_keys_the_list_says_how_to_make_one(commands: Commands) -> None:
    result = commands.run("keys", "list")
    assert (result.exit_code, result.stdout) == (exits.DONE, "")
    assert "keys create" in result.stderr
    assert json.loads(commands.run("keys", "list", "--json").stdout) == []


def test_a_revoked_key_is_refused_in_both_regions_within_the_caches_time(
    commands: Commands, applied: Deployment
) -> None:
    regions, secret, kept = BothRegions(applied), create(commands), create(commands)
    assert regions.take(secret) == [True, True]
    result = commands.run("keys", "revoke", str(Secret(secret).key_id), "--why", "it leaked")
    assert result.exit_code == exits.DONE
    regions.now += MAX_AGE
    assert regions.take(secret) == [False, False]
    assert regions.take(kept) == [True, True]
    again = commands.run("keys", "revoke", str(Secret(secret).key_id))
    assert again.exit_code == exits.DONE
    assert "was revoked before" in again.stdout
    assert " revoked 20" in commands.run("keys", "list").stdout


def test_a_rotated_keys_old_secret_is_good_for_its_grace_in_both_regions(
    commands: Commands, applied: Deployment
) -> None:
    regions, old = BothRegions(applied), create(commands)
    key_id = str(Secret(old).key_id)
    assert regions.take(old) == [True, True]
    result = commands.run("keys", "rotate", key_id, "--grace", "1h", "--json")
    rotated = json.loads(result.stdout)
    assert rotated["key_id"] == key_id
    regions.now += MAX_AGE
    assert regions.take(rotated["secret"]) == regions.take(old) == [True, True]
    assert "its former secret good to" in commands.run("keys", "list").stdout
    regions.now += timedelta(hours=1)
    assert regions.take(old) == [False, False]
    assert regions.take(rotated["secret"]) == [True, True]


def test_a_rotation_without_grace_ends_the_old_secret_at_once(
    commands: Commands, applied: Deployment
) -> None:
    old = create(commands)
    result = commands.run("keys", "rotate", str(Secret(old).key_id), "--grace", "0")
    assert "is good no more" in result.stderr
    regions = BothRegions(applied)
    assert regions.take(old) == [False, False]
    assert regions.take(result.stdout.strip()) == [True, True]


def test_a_revoked_key_is_not_rotated(commands: Commands, applied: Deployment) -> None:
    secret = Secret(create(commands))
    commands.run("keys", "revoke", str(secret.key_id))
    result = commands.run("keys", "rotate", str(secret.key_id))
    assert result.exit_code == exits.REFUSED
    assert problem(result).startswith(f"Key {secret.key_id} is revoked, for good")
    assert BothRegions(applied).take(secret.text) == [False, False]


@pytest.mark.usefixtures("applied")
@pytest.mark.parametrize("command", ["revoke", "rotate"])
def test_an_unknown_key_is_answered_with_where_to_look(commands: Commands, command: str) -> None:
    result = commands.run("keys", command, NOBODY)
    assert result.exit_code == exits.REFUSED
    expected = f"There is no key {NOBODY}. See python -m bootstrap keys list."
    assert problem(result) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "--label", "x"),
        ("create", "--scope", "submit"),
        ("create", "--label", "x", "--scope", "everything"),
        ("revoke", "not-an-id"),
        ("rotate", NOBODY, "--grace", "soon"),
        ("rotate", NOBODY, "--grace", "91d"),
        ("rotate", NOBODY, "--grace", "-1h"),
    ],
)
def test_what_is_typed_wrong_is_a_wrong_command_line(
    commands: Commands, arguments: tuple[str, ...]
) -> None:
    assert commands.run("keys", *arguments).exit_code == exits.USAGE


@pytest.mark.usefixtures("applied")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "--label", "two\nlines", "--scope", "submit"), "A label has 1 to 64"),
        (("create", "--label", " ", "--scope", "submit"), "A label is more than blanks"),
    ],
)
def test_a_label_that_is_none_is_refused(
    commands: Commands, arguments: tuple[str, ...], said: str
) -> None:
    result = commands.run("keys", *arguments)
    assert result.exit_code == exits.REFUSED
    assert problem(result).startswith(said)


def test_without_a_table_a_command_says_what_makes_it(commands: Commands) -> None:
    result = commands.run("keys", "list")
    assert result.exit_code == exits.REFUSED
    assert "python -m bootstrap apply" in problem(result)


@pytest.mark.slow
def test_where_a_region_is_away_keys_are_made_and_revoked_through_another(
    applied: Deployment,
) -> None:
    stores = {
        OREGON: DynamoStore(OREGON, applied.table, NOWHERE),
        DUBLIN: DynamoStore(DUBLIN, applied.table),
    }
    book = KeyBook(stores)
    key, secret = book.create("Game", [Scope.SUBMIT])
    assert BothRegions(applied).take(secret.text) == [True, True]
    assert book.revoke(key.key_id, "a rehearsal")
    assert BothRegions(applied).take(secret.text) == [False, False]
