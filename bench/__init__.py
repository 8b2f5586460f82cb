"""What the numbers in bench/RESULTS.md are measured with: `python -m bench`."""
