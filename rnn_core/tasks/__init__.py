"""What the networks learn: one task a module, with its data and its split."""
