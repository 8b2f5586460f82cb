"""Sound as numbers: recordings, files of them, and what frequencies they hold."""
