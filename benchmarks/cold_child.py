"""One cold start, in a process of its own: what Lambda does with a package.

Run by `cold_start`, with the package as working folder. It imports little itself: what it imports,
the package would find imported.
"""

import json
import os
import sys
import time

sys.path.insert(0, os.getcwd())  # noqa: PTH109 - pathlib takes 10 ms, of both sides.


def main(first: dict[str, object], others: list[dict[str, object]]) -> None:
    """Answer an event, say so, and go on to tell what that took, and what others took."""
    from handler import lambda_handler  # type: ignore[import-not-found]  # noqa: PLC0415

    began = time.perf_counter()
    status = lambda_handler(first, None)["statusCode"]
    taken = time.perf_counter() - began
    print(f"page {status}", flush=True)
    warm = []
    for event in others:
        began = time.perf_counter()
        lambda_handler(event, None)
        warm.append(time.perf_counter() - began)
    print(json.dumps({"first": taken, "warm": sorted(warm)[len(warm) // 2]}))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), json.loads(sys.argv[2]))
