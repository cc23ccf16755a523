"""`python -m bootstrap keys`."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import click

from bootstrap import exits
from bootstrap.keys.book import KeyBook
from bootstrap.keys.types import KeyIdType, SpanType
from bootstrap.settings import Reader, deployment
from leaderboard_app.domain.keys import Key, KeyId, Scope, Secret

_CODES = exits.explained(
    exits.DONE, exits.REFUSED, exits.USAGE, exits.UNAVAILABLE, exits.DENIED, exits.INTERRUPTED
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")

EFFECTIVE = "Every region goes by it within half a minute."


@click.group("keys")
def keys_command() -> None:
    """Make, list, rotate and revoke the API keys of game servers and operators.

    A key's secret is printed once, when it is made; the table keeps a digest of it. A key is
    written to the first region that answers, and the others get it by replication.
    """


@keys_command.command("create", epilog=_CODES)
@click.option("--label", required=True, help="Who uses it: 1 to 64 characters.")
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice([str(scope) for scope in Scope]),
    help="What it is good for; may be given twice.",
)
@_json
@click.pass_obj
@exits.interruptible()
def create_key(read: Reader, label: str, scopes: tuple[str, ...], *, as_json: bool) -> None:
    """Make a key, and print its secret: on standard output, this once."""
    book = KeyBook.of(deployment(read))
    key, secret = book.create(label, map(Scope, scopes))
    click.echo(f"Made key {key.key_id} ({_scopes(key)}) for {key.label}. Its secret:", err=True)
    _show(key, secret, as_json=as_json)


@keys_command.command("list", epilog=_CODES)
@_json
@click.pass_obj
@exits.interruptible()
def list_keys(read: Reader, *, as_json: bool) -> None:
    """List all keys, oldest first; never their secrets."""
    book = KeyBook.of(deployment(read))
    keys, now = book.all(), book.clock()
    if as_json:
        click.echo(json.dumps([_plain(key) for key in keys], indent=2))
        return
    for key in keys:
        click.echo(f"{key.key_id}  {_scopes(key):15}  {_state(key, now)}  {key.label}")
    if not keys:
        click.echo("There are no keys yet: make one with keys create.", err=True)


@keys_command.command("revoke", epilog=_CODES)
@click.argument("key_id", type=KeyIdType())
@click.option("--why", default="revoked by hand", show_default=True, help="For those who ask.")
@click.pass_obj
@exits.interruptible()
def revoke_key(read: Reader, key_id: KeyId, why: str) -> None:
    """Let a key be good for nothing, for ever."""
    if KeyBook.of(deployment(read)).revoke(key_id, why):
        click.echo(f"Revoked key {key_id}. {EFFECTIVE}")
    else:
        click.echo(f"Key {key_id} was revoked before.")


@keys_command.command("rotate", epilog=_CODES)
@click.argument("key_id", type=KeyIdType())
@click.option(
    "--grace",
    type=SpanType(),
    default="24h",
    show_default=True,
    help="How long the present secret stays good: 0, 90s, 30m, 24h or up to 90d.",
)
@_json
@click.pass_obj
@exits.interruptible()
def rotate_key(read: Reader, key_id: KeyId, grace: timedelta, *, as_json: bool) -> None:
    """Give a key a new secret, and print it: on standard output, this once.

    The secret of the rotation before is good no more, whatever its grace was.
    """
    book = KeyBook.of(deployment(read))
    until = book.clock() + grace
    key, secret = book.rotate(key_id, until)
    stays = f"stays good until {_when(until)} UTC" if grace else "is good no more"
    click.echo(f"The secret before {stays}. {EFFECTIVE} The new secret:", err=True)
    _show(key, secret, as_json=as_json)


def _show(key: Key, secret: Secret, *, as_json: bool) -> None:
    content = _plain(key) | {"secret": secret.text}
    click.echo(json.dumps(content, indent=2) if as_json else secret.text)


def _plain(key: Key) -> dict[str, object]:
    return {
        "key_id": str(key.key_id),
        "label": key.label,
        "scopes": sorted(key.scopes),
        "created_at": key.created_at.isoformat(),
        "former_good_until": key.former.until.isoformat() if key.former else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }


def _scopes(key: Key) -> str:
    return ",".join(sorted(key.scopes))


def _state(key: Key, now: datetime) -> str:
    if key.revoked_at:
        return f"revoked {_when(key.revoked_at)}"
    if key.former and key.former.until > now:
        return f"made {_when(key.created_at)}, its former secret good to {_when(key.former.until)}"
    return f"made {_when(key.created_at)}"


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
