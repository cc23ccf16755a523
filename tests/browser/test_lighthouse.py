"""Lighthouse gives our pages all its points, or a note says why one is missing."""

from __future__ import annotations

import pytest

from tests.bootstrap.sandboxes import RunningSandbox
from tests.browser.lighthouse import (
    ALL_POINTS,
    DESKTOP,
    MOBILE,
    PAGES,
    THE_BOARD,
    JudgedPage,
    Verdict,
    address_of,
    judge,
    needs_lighthouse,
)

pytestmark = [pytest.mark.browser, pytest.mark.ministack, pytest.mark.slow, needs_lighthouse]

OREGON = "us-west-2"

STEADY = ("accessibility", "best-practices", "seo")
"""What comes out the same on any machine. The points for performance are made of times, which no
test of ours asserts: held here is what they come from. `make lighthouse` measures them."""

FREE_SHIFT = 0.01
"""A tenth of what still counts as good, which costs no point. It is not 0: on a loaded machine, the
first half of a page may be painted by itself, and a table's columns settle with the second."""

MOST_BYTES = 50 * 1024
"""Of a page with all that it fetches, before anything in front compresses it."""


# Both forms are shown the same but for their width, and axe judges both widths: for the desktop,
# one page is enough.
@pytest.mark.parametrize(
    ("page", "form"), [*((page, MOBILE) for page in PAGES), (THE_BOARD, DESKTOP)], ids=str
)
def test_a_page_has_all_points_but_those_with_a_note_and_waits_for_one_sheet(
    sandbox: RunningSandbox, page: JudgedPage, form: str
) -> None:
    site = sandbox.running.sites[OREGON]
    address = address_of(page, site)
    (verdict,) = judge([address], form)
    assert verdict.address == address
    _has_all_points_but_those_with_a_note(verdict, page)
    _waits_for_one_sheet_and_fetches_little(verdict, page, site)


def _has_all_points_but_those_with_a_note(verdict: Verdict, page: JudgedPage) -> None:
    missing = [each for each in verdict.missing if each["category"] in STEADY]
    assert {each["audit"] for each in missing} == page.noted, missing
    noted = {each["category"] for each in missing}
    assert {verdict.scores[category] for category in STEADY if category not in noted} == {
        ALL_POINTS
    }


def _waits_for_one_sheet_and_fetches_little(verdict: Verdict, page: JudgedPage, site: str) -> None:
    assert verdict.shift <= FREE_SHIFT
    sheets = verdict.fetched("Stylesheet")
    assert len(sheets) == 1
    assert set(verdict.blocking) <= set(sheets)
    assert len(verdict.fetched("Script")) == page.has_script
    assert len(verdict.fetched("Document", "Image", "Font", "Media")) == 2, verdict.requests
    assert all(each["address"].startswith(f"{site}/") for each in verdict.requests)
    assert sum(each["bytes"] for each in verdict.requests) <= MOST_BYTES
