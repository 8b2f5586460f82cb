"""Moving digits, small films of a reader's own, and what is predicted of both without a network."""
