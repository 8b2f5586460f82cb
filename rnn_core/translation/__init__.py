"""Encoder-decoders: how they are made, decode, and look back, and what explains what they write."""
