"""`python -m tests.browser.lighthouse_table`: Lighthouse's points for each page, as Markdown."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import machine
from tests.bootstrap.sandboxes import started
from tests.browser import lighthouse
from tests.browser.lighthouse import DESKTOP, MOBILE, PAGES, JudgedPage, Verdict

CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}


def main() -> None:
    """Judge every page of a sandbox in some rounds, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each page is judged")
    rounds = parser.parse_args().rounds
    if not lighthouse.IS_INSTALLED:
        sys.exit(lighthouse.HINT)
    sys.stdout.write(f"{machine.said(machine.facts())}\n\n")
    with tempfile.TemporaryDirectory() as folder, started(Path(folder)) as sandbox:
        site = next(iter(sandbox.running.sites.values()))
        addresses = [lighthouse.address_of(page, site) for page in PAGES]
        judged = [lighthouse.judge(addresses, MOBILE, DESKTOP) for _ in range(rounds)]
    sys.stdout.writelines(f"{line}\n" for line in _table(list(zip(*judged, strict=True))))


def _table(judged: Sequence[Sequence[Verdict]]) -> Iterator[str]:
    """Yield the lines of the table: each page's verdicts of all rounds lie together."""
    yield f"| page | on | {' | '.join(CATEGORIES.values())} | costs points |"
    yield f"|---|---|{'---|' * len(CATEGORIES)}---|"
    shown = [page for page in PAGES for _ in (MOBILE, DESKTOP)]
    for page, verdicts in zip(shown, judged, strict=True):
        points = " | ".join(_points(verdicts, category) for category in CATEGORIES)
        yield f"| {page} | {verdicts[0].form} | {points} | {_missing(page, verdicts)} |"


def _points(verdicts: Sequence[Verdict], category: str) -> str:
    found = [verdict.scores[category] or 0 for verdict in verdicts]
    least, median, most = min(found), round(statistics.median(found)), max(found)
    return f"{median}" if least == most else f"{median} ({least}–{most})"


def _missing(page: JudgedPage, verdicts: Sequence[Verdict]) -> str:
    found = {
        f"{each['audit']} {each['shown'] if each['audit'] not in page.noted else '(noted)'}".strip()
        for verdict in verdicts
        for each in verdict.missing
        if (verdict.scores[each["category"]] or 0) < lighthouse.ALL_POINTS
    }
    return ", ".join(sorted(found))


if __name__ == "__main__":
    main()
