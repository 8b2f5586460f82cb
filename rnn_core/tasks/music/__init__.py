"""Melodies: the soprano lines of Bach's chorales as pitches and lengths, and what else a reader may play or hand in."""
