"""What operators do with what is there: look at it, test it, lead traffic away, take it down."""
