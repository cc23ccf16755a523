"""Who is counted, and what is left of a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.allowances import MINUTE, Allowance, Client, minute_of
from tests.strategies import MOMENTS
from tests.worlds import NOW


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "form:192.0.2.7"),
        ("::ffff:192.0.2.7", "form:192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "form:2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "form:2001:db8:1:2::/64"),
        ("", "form:unknown"),
        ("192.0.2.7, 192.0.2.8", "form:unknown"),
        ("x" * 10_000, "form:unknown"),
    ],
)
def test_a_client_is_an_address_and_a_home_is_one_client(address: str, name: str) -> None:
    assert Client.at(address, "form").name == name


@given(st.ip_addresses().map(str) | st.text())
def test_whatever_comes_as_an_address_makes_a_short_name(address: str) -> None:
    name = Client.at(address, "form").name
    assert len(name) < 50
    assert "#" not in name


@given(MOMENTS)
def test_a_minute_holds_its_moments(moment: datetime) -> None:
    begin = minute_of(moment)
    assert begin <= moment < begin + MINUTE


def test_the_limit_itself_is_allowed() -> None:
    assert not Allowance(3, 3, NOW).is_exceeded
    assert Allowance(3, 4, NOW).is_exceeded
    assert Allowance(3, 9, NOW).remaining == 0


@pytest.mark.parametrize(("ahead", "seconds"), [(0, 1), (0.2, 1), (1, 1), (1.2, 2), (60, 60)])
def test_whole_seconds_are_left_and_at_least_one(ahead: float, seconds: int) -> None:
    assert Allowance(1, 1, NOW + timedelta(seconds=ahead)).resets_in(NOW) == seconds
