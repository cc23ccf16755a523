"""The cold start's benchmark runs, on real packages of this checkout."""

from __future__ import annotations

import pytest

from benchmarks import cold_start
from benchmarks.backends import asked_at, ministack
from benchmarks.measure import Times
from benchmarks.results import Result


@pytest.mark.slow
@pytest.mark.ministack
def test_both_packages_answer_with_a_page_and_ours_is_the_smaller() -> None:
    with asked_at("http://127.0.0.1:9"), ministack() as backend:
        whole, first = cold_start.measure(backend, rounds=1)
    assert (whole.name, first.name) == ("cold-start", "first-page")
    assert (whole.target, first.target) == (0.45, 3.0)
    ours, theirs = whole.notes["bytes"]
    assert ours < 5_000_000 < theirs
    assert len(whole.notes["imports"]) == cold_start.TOP_IMPORTS
    assert first.ours.median < whole.ours.median


def test_the_slowest_imports_are_told_in_a_line() -> None:
    imports = [{"module": "boto3", "ms": 12.3}, {"module": "flask", "ms": 4.5}]
    measured = Result("cold-start", "", Times((1,)), Times((2,)), notes={"imports": imports})
    told = cold_start.explained(measured)
    assert told
    assert told.endswith("in ms: boto3 12.3, flask 4.5")
    assert cold_start.explained(Result("page", "", Times((1,)), Times((2,)))) is None
