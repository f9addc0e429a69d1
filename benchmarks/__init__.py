"""Measurements of quality, speed and memory, each beside named peers in the same run."""
