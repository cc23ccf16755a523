"""MiniStack as a child of the sandbox: `python -m bootstrap.sandbox.emulator`."""

from __future__ import annotations

from ministack.app import main

from bootstrap.sandbox.lifeline import hold_on

if __name__ == "__main__":
    hold_on()
    main()
