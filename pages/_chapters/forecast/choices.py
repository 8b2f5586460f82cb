"""What can be chosen and guessed at /forecast."""

GAINS = (0, 5, 25, 50)
"""By how many hundredths the network's error is smaller than that of persistence: what can be guessed."""
SHARES = ("AAPL", "AMZN", "GOOG", "IBM", "MSFT")
VERDICTS = ("more", "same", "less")
"""Whether the network is off more than persistence, as much, or less."""
MOST_SLID = 3  # months
