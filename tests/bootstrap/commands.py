"""The command line as a test uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from bootstrap.cli import cli
from leaderboard_app.deployment import Deployment


@dataclass(frozen=True)
class Commands:
    """Runs commands in this process."""

    deployment: Deployment
    folder: Path

    def run(self, *arguments: str, read: Callable[[], Deployment] | None = None) -> Result:
        """Run a command, on the deployment or on what `read` gives."""
        result = CliRunner().invoke(cli, arguments, obj=read or (lambda: self.deployment))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def load(self, content: str | bytes, *arguments: str, name: str = "scores.csv") -> Result:
        """Write a file and import it."""
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.run("import", str(file), *arguments)


def problem(result: Result) -> str:
    """Return the one line by which a command said that it could not."""
    assert result.exit_code != 0
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Error: ")
    return lines[0].removeprefix("Error: ")
