"""Wrong usage in one clear sentence, in the language of the run."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from guantong.messages import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guantong.messages import Language


class WrongValue(click.BadParameter):
    """A value that an option or argument cannot take; ``message`` says what it should be."""

    def __init__(self, message: str, value: str, param: Any, ctx: click.Context | None) -> None:
        super().__init__(message, ctx, param)
        self.value = value


class NoCommand(click.UsageError):
    """A command that does not exist."""

    def __init__(self, name: str, known: Sequence[str], ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.name = name
        self.near = get_close_matches(name, known, n=2, cutoff=0.5)


class ExtraArguments(click.UsageError):
    """More arguments than the command takes."""

    def __init__(self, names: Sequence[str], ctx: click.Context) -> None:
        super().__init__(" ".join(names), ctx)
        self.names = " ".join(names)


def usage_sentence(error: click.ClickException, lang: Language) -> str:
    """Return what is wrong with the way a command was called."""
    if isinstance(error, WrongValue):
        name = _shown(error.param)
        return render("usage.wrong_value", lang, name=name, value=error.value, reason=error.message)
    if isinstance(error, NoCommand):
        return render(
            "usage.no_command", lang, name=error.name, near=_near(error.near, lang)
        ).strip()
    if isinstance(error, ExtraArguments):
        return render("usage.extra", lang, names=error.names)
    if isinstance(error, click.MissingParameter):
        sort = "argument" if isinstance(error.param, click.Argument) else "option"
        return render(f"usage.missing_{sort}", lang, name=_shown(error.param))
    if isinstance(error, click.NoSuchOption):
        near = _near(error.possibilities or (), lang)
        return render("usage.no_option", lang, name=error.option_name, near=near).strip()
    if isinstance(error, click.BadOptionUsage):
        code = "usage.flag_value" if "does not take" in error.message else "usage.option_value"
        return render(code, lang, name=error.option_name)
    return render("usage.other", lang, reason=error.format_message())


def _shown(param: click.Parameter | None) -> str:
    if isinstance(param, click.Argument):
        return param.metavar or str(param.name).upper()
    return max(param.opts, key=len) if param is not None else ""


def _near(names: Sequence[str], lang: Language) -> str:
    return render("usage.near", lang, names=" ".join(names)) if names else ""
