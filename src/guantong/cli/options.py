"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guantong.cli.localised import Count, Day, OneOf, option

if TYPE_CHECKING:
    from collections.abc import Callable

    Decorator = Callable[[Any], Any]

FILE = click.Path(path_type=Path)
"""A path as the reader or writer behind it will check it."""


def reading_options(function: Any) -> Any:
    """Add what concerns the reading of tables: ``strict``, ``today``, ``problems``."""
    for decorate in (
        option("--problems", type=FILE, metavar="FILE"),
        option("--today", type=Day(), metavar="DATE"),
        option("--strict", is_flag=True),
    ):
        function = decorate(function)
    return function


def ranking_options(function: Any) -> Any:
    """Add what concerns the scoring of pairs: ``model``, ``encoder``."""
    for decorate in (
        option("--encoder", metavar="SPEC"),
        option("--model", type=FILE, metavar="FILE"),
    ):
        function = decorate(function)
    return function


def output_option(about: str, *, required: bool = False) -> Decorator:
    """Return the option of the file to write."""
    return option("-o", "--output", type=FILE, metavar="FILE", about=about, required=required)


def top_option(about: str = "top", default: int = 10) -> Decorator:
    """Return the option of how many to list."""
    return option("--top", type=Count(), default=default, metavar="N", about=about)


def text_or_json() -> Decorator:
    """Return the option between text and JSON."""
    choice = OneOf("text", "json")
    return option("--format", "format_", type=choice, default="text", about="format_text")


def workers_option() -> Decorator:
    """Return the option of how many processes read texts."""
    return option("--workers", type=Count(0), default=0, metavar="N")
