"""From what somebody typed to the numbers that a network reads."""
