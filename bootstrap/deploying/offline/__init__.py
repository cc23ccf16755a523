"""An AWS account on this machine, for the real `zappa`: MiniStack, and what completes it."""
