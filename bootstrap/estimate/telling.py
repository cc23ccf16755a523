"""An estimate for people, for machines, and as the page docs/costs.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from bootstrap.estimate.model import PARTITION_READ_UNITS, Estimate
from leaderboard_app.domain.boards import MAX_SHARDS

REMAKE = "python -m bootstrap estimate --page > docs/costs.md"

_PAGE_HEAD = f"""# What it costs

Dollars a month, worked out by `python -m bootstrap estimate` and not billed to anybody yet. This
page is remade by `{REMAKE}`.

What is taken for granted: one board with all four periods, kept as a new board keeps them, after a
year of play; AWS's list prices of us-east-1 without free tiers ($0.625 and $0.125 for a million
write and read units, $0.25 for a GB and month and $0.20 more for its point-in-time recovery, $3.70
for a million requests, $0.0000166667 for a GB and second); a request takes 50 ms of a Lambda of
1 GB; scores come at random times, and of a player's scores in a period each is as likely to be the
best; each player stays in one region; all players of the game play. Every one of these is an option
or a line of [`bootstrap/estimate/`](../bootstrap/estimate), and the sizes of items are those of the
items that the gateway makes. Replication is paid for by its writes. Not in it are data that leaves
a region, the logs, and two small writes: the marker of a ranking that changed (at most one a minute
for each process and ranking) and a player's name in the directory (once).
"""


def lines(found: Estimate) -> Iterator[str]:
    """Yield the lines of a table, then what to set."""
    play = found.play
    yield (
        f"{play.players:,} players, each sending {play.submissions:g} scores, seeing "
        f"{play.views:g} pages and asking for {play.ranks:g} ranks a day; "
        f"{found.house.regions} regions:"
    )
    for line in found.lines:
        measure = f"{amount(line.amount):>8} {line.unit:<12}"
        yield f"  {line.what:<40}{measure}{dollars(line.dollars):>12}"
    yield f"  {'a month':<61}{dollars(found.dollars):>12}"
    yield from advice(found)


def advice(found: Estimate) -> Iterator[str]:
    """Yield what to set, and where a limit is near."""
    yield (
        f"Set --shards {min(found.shards, MAX_SHARDS)}: the busiest list of an index takes "
        f"{amount(found.peak_writes)} write units a second at its peak, a shard 1,000."
    )
    if found.shards > MAX_SHARDS:
        yield f"It needs {found.shards} shards, and {MAX_SHARDS} are the most: split the board."
    if found.house.shards and found.house.shards < found.shards:
        yield f"With {found.house.shards}, scores are refused at the peak, to be sent again."
    if found.peak_reads > PARTITION_READ_UNITS:
        yield (
            f"The top page takes {amount(found.peak_reads)} read units a second of each shard at "
            f"its peak, and a shard gives 3,000: put a cache before it."
        )


def as_json(found: Estimate) -> dict[str, object]:
    """Return an estimate for machines."""
    return {
        "play": asdict(found.play),
        "house": asdict(found.house),
        "lines": [asdict(line) for line in found.lines],
        "dollars": found.dollars,
        "shards": found.shards,
        "peak_write_units": found.peak_writes,
        "peak_read_units_a_shard": found.peak_reads,
    }


def page(estimates: Iterable[Estimate]) -> Iterator[str]:
    """Yield the lines of docs/costs.md."""
    found = list(estimates)
    yield _PAGE_HEAD
    play = found[0].play
    yield (
        f"Each player sends {play.submissions:g} scores, sees {play.views:g} pages and asks for "
        f"{play.ranks:g} ranks a day; the busiest second is {play.peak:g} times the average one; "
        f"{found[0].house.regions} regions.\n"
    )
    yield f"| players | {' | '.join(f'{each.play.players:,}' for each in found)} |"
    yield f"|---|{'---:|' * len(found)}"
    for rows in zip(*(each.lines for each in found), strict=True):
        yield f"| {rows[0].what} | {' | '.join(dollars(row.dollars) for row in rows)} |"
    yield f"| **a month** | {' | '.join(f'**{dollars(each.dollars)}**' for each in found)} |"
    a_player = (each.dollars / each.play.players * 1000 for each in found)
    yield f"| for 1,000 players | {' | '.join(map(dollars, a_player))} |"
    yield f"| shards to set | {' | '.join(f'{min(e.shards, MAX_SHARDS)}' for e in found)} |"
    yield ""
    for each in found:
        yield f"**{each.play.players:,} players.** {' '.join(advice(each))}\n"


def dollars(value: float) -> str:
    """Return dollars, with cents where they matter."""
    return f"${value:,.2f}" if value < 100 else f"${value:,.0f}"  # noqa: PLR2004


def amount(value: float) -> str:
    """Return an amount in few digits: `1.2 M`."""
    for size, letter in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:.1f}{letter}"
    return f"{value:.1f}"
