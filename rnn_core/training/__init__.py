"""The training loop, what it is measured by, and how the shipped weights are made."""
