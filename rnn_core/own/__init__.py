"""Networks from files: a reader's own, opened for as long as the reader stays, and two that packages ship."""
