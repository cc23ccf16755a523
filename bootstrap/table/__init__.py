"""The global table: what it should be, what it is, the steps between, and doing them."""
