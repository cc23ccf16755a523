"""Lines of CSV that are safe in a spreadsheet: an apostrophe before what would be a formula.

See https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# The signs as they are, in full width and small, and what a spreadsheet skips before one.
_SIGNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_FORMULA = re.compile(f"'*[{_SIGNS}]")
_GUARDED = re.compile(f"'+[{_SIGNS}]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def guarded(text: str) -> str:
    """Return text with an apostrophe before it where it would be a formula; numbers stay bare.

    What already begins with apostrophes and a formula gets one more, so that `bare` gives back
    every text as it was.
    """
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def bare(text: str) -> str:
    """Return text without the apostrophe that `guarded` put before it."""
    return text[1:] if _GUARDED.match(text) else text


def line_of(cells: Iterable[str]) -> str:
    """Return guarded cells as a line of CSV, its end included."""
    line = io.StringIO(newline="")
    # The writer quotes those line ends in a cell that it knows from its own.
    csv.writer(line, lineterminator="\r\n").writerow(map(guarded, cells))
    return line.getvalue().removesuffix("\r\n") + "\n"
