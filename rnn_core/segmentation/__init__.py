"""A real word segmenter that reads from both sides: nagisa's network in torch."""
