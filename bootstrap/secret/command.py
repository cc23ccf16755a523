"""`python -m bootstrap secret`."""

from __future__ import annotations

import sys

import click

from bootstrap import exits
from bootstrap.secret import plan
from bootstrap.secret.parameters import Secret, Vault, digest
from bootstrap.secret.run import Keeper
from bootstrap.settings import Reader, deployment

_CODES = (
    exits.DONE,
    exits.REFUSED,
    exits.USAGE,
    exits.UNAVAILABLE,
    exits.DENIED,
)
_CHANGING = exits.explained(*_CODES, exits.INTERRUPTED)


@click.group("secret")
def secret_command() -> None:
    """Make, rotate and compare the key that signs cookies and forms.

    It lies in the Parameter Store of every region, encrypted, under /<prefix>/secret-key. No
    command ever prints it.
    """


@secret_command.command("apply", epilog=_CHANGING)
@click.pass_obj
@exits.interruptible()
def apply_secret(read: Reader) -> None:
    """Make the key where it is missing: the same in every region."""
    vault = Vault.of(deployment(read))
    if not Keeper(vault, click.echo).run():
        click.echo(f"The secret key is in place in {', '.join(vault.clients)}.")


@secret_command.command("rotate", epilog=_CHANGING)
@click.option("--prepare", is_flag=True, help="Make the coming key known first; it signs nothing.")
@click.pass_obj
@exits.interruptible()
def rotate_secret(read: Reader, *, prepare: bool) -> None:
    """Replace the key in every region; what the old one signed stays good.

    Apps read the key when they start: update every stage afterwards. With --prepare before, and
    an update of every stage in between, no form is refused, whichever region it is sent to.
    """
    keeper = Keeper(Vault.of(deployment(read)), click.echo)
    if prepare:
        keeper.run(plan.preparing)
        click.echo("The coming key is known. Update every stage, then run secret rotate.")
        return
    keeper.run(plan.rotating)
    click.echo("Rotated. Update every stage, so that its app reads the new key.")


@secret_command.command("show", epilog=exits.explained(*_CODES, exits.UNWELL))
@click.pass_obj
@exits.interruptible()
def show_secret(read: Reader) -> None:
    """Compare the regions' keys by the first 8 digits of their digests."""
    found = Vault.of(deployment(read)).look()
    for region, secret in found.items():
        click.echo(f"{region}: {_shown(secret)}")
    if len(set(found.values())) > 1 or not all(secret.key for secret in found.values()):
        click.echo("Missing, or not the same in every region. See python -m bootstrap doctor.")
        sys.exit(exits.UNWELL)


def _shown(secret: Secret) -> str:
    parts = [f"key {digest(secret.key)}" if secret.key else "no key"]
    if secret.fallbacks:
        parts.append(f"fallbacks {' '.join(digest(value) for value in secret.fallbacks)}")
    if secret.coming:
        parts.append(f"coming {digest(secret.coming)}")
    return ", ".join(parts)
