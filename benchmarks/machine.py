"""Where a run was made, as far as it explains its times."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

_PACKAGES = ("boto3", "flask", "jinja2", "ministack", "urllib3", "werkzeug")
_CPUINFO = Path("/proc/cpuinfo")


def facts() -> dict[str, Any]:
    """Return the machine's facts, as JSON takes them; none of them names the machine."""
    return {
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "versions": {name: version(name) for name in _PACKAGES},
    }


def said(facts: dict[str, Any]) -> str:
    """Return the facts in one line for people."""
    load = facts["load_before"][0]
    return (
        f"{facts['python']}, {facts['cores']} × {facts['processor']}, {facts['system']}, "
        f"load before: {load}"
    )


def cpu_seconds(pid: int) -> float | None:
    """Return the CPU time that another process has used, to 10 ms; None where that is not told."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return None
    fields = status.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _processor() -> str:
    if _CPUINFO.exists():
        for line in _CPUINFO.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or "processor unknown"
