"""What was measured, as a table for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import Times

LATEST = Path(__file__).parent / "results" / "latest.json"

_HEADER = ("what", "ours", "against", "ratio", "target", "met")


@dataclass(frozen=True, slots=True)
class Result:
    """One comparison of one run.

    Attributes:
        name: for programs, and stable.
        what: for people.
        ours, against: the times of both sides.
        target: the ratio wanted; None where the row is there to explain another.
        wants_more: whether the ratio is against to ours and must reach the target (an import
            that is so many times as fast); else it is ours to against and must stay within it.
        notes: further numbers, as JSON takes them.
    """

    name: str
    what: str
    ours: Times
    against: Times
    target: float | None = None
    wants_more: bool = False
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How the medians compare."""
        if self.wants_more:
            return self.against.median / self.ours.median
        return self.ours.median / self.against.median

    @property
    def is_met(self) -> bool | None:
        """Whether the target is; None where there is none."""
        if self.target is None:
            return None
        return self.ratio >= self.target if self.wants_more else self.ratio <= self.target

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table."""
        sign = "≥" if self.wants_more else "≤"
        target = f"{sign} {self.target:g}×" if self.target else ""
        met = {None: "", True: "yes", False: "NO"}[self.is_met]
        places = 1 if self.wants_more else 2
        ratio = f"{self.ratio:.{places}f}×"
        return self.what, _shown(self.ours), _shown(self.against), ratio, target, met

    def as_json(self) -> dict[str, Any]:
        """Return the result as JSON takes it; times in seconds."""
        return {
            "name": self.name,
            "what": self.what,
            "ours": _times_as_json(self.ours),
            "against": _times_as_json(self.against),
            "ratio": round(self.ratio, 3),
            "ratio_is": "against / ours" if self.wants_more else "ours / against",
            "target": self.target,
            "met": self.is_met,
            "notes": dict(self.notes),
        }


def table(results: Sequence[Result]) -> str:
    """Return the results as a table of text: medians, and in brackets the spread."""
    rows = [_HEADER, *(result.cells() for result in results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


def write(results: Sequence[Result], facts: Mapping[str, Any], path: Path = LATEST) -> None:
    """Write the results and the machine's facts into a JSON file."""
    path.parent.mkdir(exist_ok=True)
    content = {"facts": dict(facts), "results": [result.as_json() for result in results]}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _shown(times: Times) -> str:
    low, high = times.spread
    if times.median >= 1:
        return f"{times.median:.2f} s ({low:.2f}–{high:.2f})"
    return f"{times.median * 1e3:.2f} ms ({low * 1e3:.2f}–{high * 1e3:.2f})"


def _times_as_json(times: Times) -> dict[str, Any]:
    low, high = times.spread
    return {"median": times.median, "low": low, "high": high, "count": len(times.seconds)}
