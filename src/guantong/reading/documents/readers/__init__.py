"""One reader for each format, found by name in the entry-point group ``guantong.readers``."""
