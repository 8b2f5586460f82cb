"""A series of numbers over time, and what comes next: real temperatures, real prices, and what a reader brings."""
