"""Remake ``bootstrap/data/import-data.csv``: 500 made-up scores of a release's first months.

The same file comes out on every machine and in every Python: draws start from a fixed seed::

    python -m bootstrap.data.make
    python -m bootstrap.data.make --until 2027-03-01 --output more.csv

Players and their names are in names.json. Some players come several times, with lower scores
before and after their best; some scores are tied, near the top too.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bootstrap.data.names import Dice, MadePlayer, made_players

TARGET = Path(__file__).with_name("import-data.csv")
HEADER = ("player", "country", "score", "achieved_at")

SEED = 20261120
ROWS = 500
UNTIL = datetime(2026, 11, 20, 21, 47, 12, 345_000, tzinfo=UTC)
SPAN = timedelta(days=203)
# Players who come several times.
REGULARS = 18

# Places of the ranking of bests (1 is the best) which get the score of the place before them. The
# last of these pairs is tied in time too, so that nothing but the player is left to order it.
TIED_WITH_THE_PLACE_BEFORE = (3, 8, 9, 15, 24, 40, 41, 66, 90, 120, 155, 200, 260, 310)


@dataclass(frozen=True, slots=True)
class Row:
    """One score as the file holds it."""

    player: str
    country: str
    score: int
    achieved_at: datetime

    def cells(self) -> tuple[str, str, str, str]:
        """Return the row as text; times as ISO 8601 in UTC with milliseconds and Z."""
        at = self.achieved_at.astimezone(UTC).isoformat(timespec="milliseconds")
        return (self.player, self.country, str(self.score), at.replace("+00:00", "Z"))


def make_rows(until: datetime = UNTIL) -> list[Row]:
    """Return the 500 rows, oldest first, the newest at `until`."""
    dice = Dice(SEED)
    players = made_players(dice)
    rows = _first_rows(players, dice)
    rows += _rows_of_regulars(rows, dice)
    rows = _with_ties(rows)
    late = until - max(row.achieved_at for row in rows)
    rows = [replace(row, achieved_at=row.achieved_at + late) for row in rows]
    return sorted(rows, key=lambda row: (row.achieved_at, row.player))


def as_csv(rows: Sequence[Row]) -> str:
    """Return the rows as comma-separated text with a header line and newlines at line ends."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(row.cells() for row in rows)
    return text.getvalue()


def _first_rows(players: Sequence[MadePlayer], dice: Dice) -> list[Row]:
    rows = [Row(p.name, p.country, _score(dice), _moment(dice)) for p in players]
    # Somebody always closes the game before the first point.
    lowest = min(rows, key=lambda row: row.score)
    return [replace(row, score=0) if row is lowest else row for row in rows]


def _rows_of_regulars(rows: Sequence[Row], dice: Dice) -> list[Row]:
    """Return what is missing to 500: further and lower scores of a few players who did well."""
    good = sorted(rows, key=lambda row: row.score, reverse=True)[: len(rows) // 2]
    regulars = dice.shuffled(good)[:REGULARS]
    keenness = [dice.fraction() * dice.fraction() for _ in range(ROWS - len(rows))]
    return [_another_try(regulars[int(share * REGULARS)], dice) for share in keenness]


def _another_try(row: Row, dice: Dice) -> Row:
    share = 0.35 + 0.6 * dice.fraction()
    return replace(row, score=int(row.score * share) // 10 * 10, achieved_at=_moment(dice))


def _score(dice: Dice) -> int:
    """Draw a score: half of all below 30,000, a few above 500,000, never above 970,870."""
    return int(3_000 / (0.03 + dice.fraction()) - 3_000 / 1.03) * 10


def _moment(dice: Dice) -> datetime:
    """Draw a time within the span; the nearer to its end, the more likely."""
    age = SPAN * (dice.fraction() * dice.fraction())
    return UNTIL - timedelta(milliseconds=age // timedelta(milliseconds=1))


def _with_ties(rows: Sequence[Row]) -> list[Row]:
    """Raise some players' bests to the score of the place above, so that the time decides."""
    tied = list(rows)
    bests: dict[str, int] = {}
    for index in sorted(range(len(rows)), key=lambda index: rows[index].score, reverse=True):
        bests.setdefault(rows[index].player, index)
    ranking = list(bests.values())
    for place in TIED_WITH_THE_PLACE_BEFORE:
        above, index = tied[ranking[place - 2]], ranking[place - 1]
        tied[index] = replace(tied[index], score=above.score)
    last = TIED_WITH_THE_PLACE_BEFORE[-1]
    above, index = tied[ranking[last - 2]], ranking[last - 1]
    tied[index] = replace(tied[index], achieved_at=above.achieved_at)
    return tied


def _moment_from(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date: write 2026-12-31 or 2026-12-31T18:00:00Z"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file; see ``--help``."""
    parser = argparse.ArgumentParser(
        prog="python -m bootstrap.data.make", description="Remake the file of 500 made-up scores."
    )
    parser.add_argument(
        "--until",
        metavar="DATE",
        type=_moment_from,
        default=UNTIL,
        help="shift all times so that the newest falls here, such as 2026-12-31 (that is 00:00 UTC)"
        f" or 2026-12-31T18:00:00Z; default: {UNTIL.isoformat()}",
    )
    parser.add_argument(
        "--output", metavar="FILE", type=Path, default=TARGET, help=f"default: {TARGET.name} here"
    )
    options = parser.parse_args(arguments)
    rows = make_rows(options.until)
    options.output.write_text(as_csv(rows), encoding="utf-8", newline="\n")
    print(f"{len(rows)} scores until {rows[-1].cells()[3]} written to {options.output}")


if __name__ == "__main__":
    main()
