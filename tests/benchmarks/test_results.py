"""The table and the JSON say what was measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import machine, results
from benchmarks.measure import Times, in_turns
from benchmarks.results import Result

PAGE = Result("page", "a page", Times((0.003, 0.0024, 0.0021)), Times((0.002,)), 1.2)
IMPORT = Result("import", "an import", Times((0.2,)), Times((18.0,)), 80, wants_more=True)


def test_a_ratio_that_must_stay_within_its_target_is_ours_to_theirs() -> None:
    assert PAGE.ratio == pytest.approx(1.2)
    assert PAGE.is_met


def test_a_ratio_that_must_reach_its_target_is_theirs_to_ours() -> None:
    assert IMPORT.ratio == pytest.approx(90)
    assert IMPORT.is_met


def test_a_missed_target_is_said() -> None:
    slow = Result("page", "a page", Times((0.0025,)), Times((0.002,)), 1.2)
    late = Result("import", "an import", Times((0.3,)), Times((18.0,)), 80, wants_more=True)
    assert (slow.is_met, late.is_met) == (False, False)
    assert slow.cells()[-1] == late.cells()[-1] == "NO"


def test_a_row_without_a_target_meets_nothing() -> None:
    explains = Result("client", "of it", Times((1,)), Times((1,)))
    assert explains.is_met is None
    assert explains.cells()[-2:] == ("", "")


def test_the_table_has_a_line_for_each_result() -> None:
    lines = results.table([PAGE, IMPORT]).splitlines()
    assert lines[0].split() == ["what", "ours", "against", "ratio", "target", "met"]
    assert lines[2].split("  ")[0] == "a page"
    assert "2.40 ms (2.10–3.00)" in lines[2]
    assert lines[3].endswith("90.0×  ≥ 80×   yes")


def test_the_spread_leaves_out_a_tenth_at_either_end() -> None:
    assert Times(tuple(range(1, 101))).spread == (11, 90)
    assert Times((3, 1, 2)).spread == (1, 3)


def test_the_json_holds_the_facts_and_every_result(tmp_path: Path) -> None:
    path = tmp_path / "results" / "latest.json"
    results.write([PAGE, IMPORT], machine.facts(), path)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["facts"]["cores"] >= 1
    assert content["facts"]["python"].startswith("CPython 3.")
    page, imported = content["results"]
    assert page["ours"] == {"median": 0.0024, "low": 0.0021, "high": 0.003, "count": 3}
    assert (imported["ratio"], imported["target"], imported["met"]) == (90, 80, True)


def test_both_sides_take_turns_and_the_first_round_does_not_count() -> None:
    calls: list[str] = []

    def noting(name: str) -> Callable[[], None]:
        return lambda: calls.append(name)

    ours, theirs = in_turns(noting("a"), noting("b"), rounds=2, each=3)
    assert "".join(calls) == "aaabbb" + "bbbaaa" + "aaabbb"
    assert len(ours.seconds) == len(theirs.seconds) == 6
