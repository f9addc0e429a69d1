"""Guantong 贯通 carries research results into industry."""

__version__ = "0.1.0"
