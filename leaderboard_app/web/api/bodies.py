"""Bodies: JSON as strict as its standard, so that what we read is what the caller meant."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

MAX_DEPTH = 16
"""Objects and arrays within one another; a submission with its metadata needs few."""

_UTF_8 = frozenset({"utf-8", "utf8"})


def json_object(max_bytes: int) -> dict[str, Any]:
    """Return the JSON object that the request carries.

    Refused are what RFC 8259 leaves open or forbids: names twice in an object, NaN and infinity,
    other encodings, marks of byte order; and what nests deeper than 16.

    Raises:
        UnsupportedMediaType: it is not declared as plain JSON in UTF-8.
        RequestEntityTooLarge: it has more than `max_bytes`.
        BadRequest: it is not that.
    """
    _check_declared()
    request.max_content_length = max_bytes
    content = _parsed(request.get_data(cache=False))
    if not isinstance(content, dict):
        raise BadRequest("The body must be a JSON object.")
    if _is_deeper(content, MAX_DEPTH):
        raise BadRequest(f"The body nests deeper than {MAX_DEPTH} levels.")
    return content


def _check_declared() -> None:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send JSON, with Content-Type: application/json.")
    if request.mimetype_params.get("charset", "utf-8").lower() not in _UTF_8:
        raise UnsupportedMediaType("Send JSON in UTF-8: it has no other charset.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the body as it is: no Content-Encoding is taken.")


def _parsed(body: bytes) -> object:
    try:
        return json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_finite,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        raise BadRequest(f"The body is no UTF-8, at byte {error.start + 1}.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadRequest(f"The body is no JSON, at {where}: {error.msg}.") from error
    except RecursionError as error:
        raise BadRequest(f"The body nests deeper than {MAX_DEPTH} levels.") from error
    except ValueError as error:
        # Python reads no number of over 4,300 digits.
        raise BadRequest("The body has a number that is too long.") from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadRequest("An object in the body has a name twice.")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadRequest("The body has a number that is too large.")
    return number


def _refuse_constant(text: str) -> NoReturn:
    raise BadRequest(f"The body has {text}, which JSON has not.")


def _is_deeper(content: object, levels: int) -> bool:
    if isinstance(content, dict):
        content = list(content.values())
    if not isinstance(content, list):
        return False
    return levels == 0 or any(_is_deeper(each, levels - 1) for each in content)
