"""Typed records of what is offered and wanted, and the tables they come in."""
