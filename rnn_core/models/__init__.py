"""Small models, and the one way to run and see a whole one (`registry.run`)."""
