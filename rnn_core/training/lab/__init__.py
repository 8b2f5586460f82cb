"""The training lab: networks that readers set up and train themselves, watched from update to update."""
