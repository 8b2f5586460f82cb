"""What is written about Kioku by its own tables: `python -m docs.reference`."""
