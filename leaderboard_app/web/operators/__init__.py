"""The operators' corner: see what comes in, decide what counts, each with a reason that is kept."""
