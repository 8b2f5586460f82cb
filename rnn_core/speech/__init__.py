"""Two networks that listen one step after the other: one that others made, and one of ours."""
