"""The base map, made in the workshop from packages of open data and a curated list of names."""
