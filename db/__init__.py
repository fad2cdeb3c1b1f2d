"""The workshop: a guide is written as text in ``content/`` and built from here; never shipped."""
