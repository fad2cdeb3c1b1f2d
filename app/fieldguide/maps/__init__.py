"""Maps without Qt: from stops and a view to a list of things to draw."""
