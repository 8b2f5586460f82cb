"""Numbers that compare, and how sure they are."""
