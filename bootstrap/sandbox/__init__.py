"""Both regions on one machine: MiniStack, the real `apply` and import, two web servers."""
