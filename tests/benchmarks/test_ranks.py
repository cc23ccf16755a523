"""The benchmark of ranks runs, and refuses to time answers that differ."""

from __future__ import annotations

import pytest

from benchmarks import ranks
from benchmarks.backends import Backend
from benchmarks.rank_redis import redis_with


@pytest.mark.parametrize("backend", ["MiniStack"], indirect=True)
def test_ranks_are_compared_by_size(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranks, "SAMPLE", 3)
    monkeypatch.setattr(ranks, "ROUNDS", 1)
    results = list(ranks.measure(backend, (40,)))
    assert results[0].name == "rank-40"
    assert "the walk took" in ranks.explained(results[0])
    assert "read units" not in ranks.explained(results[0]), "MiniStack reports too few"


def test_redis_ranks_by_standing() -> None:
    standings = {"ada": -5, "bo": 10**36, "cy": 7}
    with redis_with(standings) as rank:
        if rank is None:
            pytest.skip("no redis-server: apt-get install redis-server")
        assert [rank(player) for player in ("bo", "cy", "ada")] == [0, 1, 2]
