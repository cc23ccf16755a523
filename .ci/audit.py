"""Look the pinned packages up among the known vulnerabilities.

pip-audit says "No known vulnerabilities found" where it could look nothing up, and dies with a
traceback where there is no network. Here the first is said as it is, and both pass: a laptop on a
train is no worse than its requirements. A vulnerability that was found fails.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

# The developers' file holds every package of the two smaller ones, in the same version.
REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "dev.txt"
COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"),
    *("--disable-pip", "--require-hashes", "--requirement", str(REQUIREMENTS)),
)
UNREACHABLE = re.compile(r"^requests\.exceptions\.|Could not connect|not redirecting", re.MULTILINE)


def main() -> int:
    """Run pip-audit and return the exit status: 1 for a vulnerability or an audit that broke."""
    audit = subprocess.run(COMMAND, capture_output=True, text=True, check=False)  # noqa: S603
    if audit.stdout:
        return report(json.loads(audit.stdout)["dependencies"])
    if UNREACHABLE.search(audit.stderr):
        say("skipped: the list of known vulnerabilities could not be reached from here.")
        return 0
    sys.stderr.write(audit.stderr)
    say("failed: pip-audit broke before it had looked anything up; its own words are above.")
    return 1


def report(packages: list[dict[str, Any]]) -> int:
    """Say what was found of pip-audit's packages, and return the exit status."""
    looked_up = [package for package in packages if "vulns" in package]
    found = [(package, vuln) for package in looked_up for vuln in package["vulns"]]
    for package, vuln in found:
        cure = " or ".join(vuln["fix_versions"]) or "no version yet"
        say(f"{package['name']} {package['version']}: {vuln['id']}, mended in {cure}.")
    if found:
        say("failed: raise these with `make lock ARGS='--upgrade-package NAME'`.")
        return 1
    if not looked_up:
        say(f"skipped: the package index used here knows none of the {len(packages)} packages.")
        return 0
    say(f"none known; {len(looked_up)} of {len(packages)} packages could be looked up.")
    return 0


def say(words: str) -> None:
    """Print one line under the audit's name."""
    print(f"Vulnerabilities: {words}")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
