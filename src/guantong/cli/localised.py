"""Commands, options and arguments whose help is looked up in the language of the run."""

# typing.override comes with Python 3.12.
# mypy: disable-error-code="explicit-override"

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from guantong.cli.session import session_for, session_of
from guantong.cli.usage import ExtraArguments, NoCommand, WrongValue
from guantong.matching.reports.wrapping import width_of, wrap
from guantong.messages import LANGUAGES, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from guantong.messages import Language

if TYPE_CHECKING:
    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType  # generic since click 8.4 only
_WIDEST = 100
_LEFT = 26


class Option(click.Option):
    """An option described by the sentence ``option.<about>``, its own name by default."""

    def __init__(self, *args: Any, about: str = "", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.about = about or str(self.name)


class Argument(click.Argument):
    """An argument described by the sentence ``argument.<about>``, its own name by default."""

    def __init__(self, *args: Any, about: str = "", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.about = about or str(self.name)


def option(*names: str, about: str = "", **attributes: Any) -> Callable[[Any], Any]:
    """Return the decorator that adds an option."""
    return click.option(*names, cls=Option, about=about, **attributes)


def argument(name: str, about: str = "", **attributes: Any) -> Callable[[Any], Any]:
    """Return the decorator that adds an argument."""
    return click.argument(name, cls=Argument, about=about, **attributes)


class Count(_ParamType):
    """A whole number, ``least`` or more."""

    name = "n"

    def __init__(self, least: int = 1) -> None:
        self.least = least

    def convert(self, value: Any, param: Any, ctx: click.Context | None) -> int:  # noqa: D102
        text = str(value).strip()
        if text.isdecimal() and int(text) >= self.least:
            return int(text)
        reason = session_of(ctx).render("usage.a_count", least=self.least)
        raise WrongValue(reason, text, param, ctx)


class Day(_ParamType):
    """A day written as 2026-12-31."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: click.Context | None) -> date:  # noqa: D102
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            reason = session_of(ctx).render("usage.a_day")
            raise WrongValue(reason, str(value), param, ctx) from None


class OneOf(_ParamType):
    """One of some words."""

    name = "word"

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def convert(self, value: Any, param: Any, ctx: click.Context | None) -> str:  # noqa: D102
        if str(value).lower() in self.choices:
            return str(value).lower()
        reason = session_of(ctx).render("usage.one_of", choices=" ".join(self.choices))
        raise WrongValue(reason, str(value), param, ctx)


class Command(click.Command):
    """A command described by the sentence ``help.<about>``; it takes ``--lang`` like all."""

    def __init__(self, *args: Any, about: str = "", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.about = about or str(self.name)
        self.params.append(Option(["--lang"], type=OneOf(*LANGUAGES), expose_value=False))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:  # noqa: D102
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            raise ExtraArguments(rest, ctx)
        return rest

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: D102
        columns = shutil.get_terminal_size((88, 24)).columns
        width = min(columns, _WIDEST) - 2
        formatter.write(help_text(self, ctx.command_path, session_of(ctx).lang, width))


class Group(Command, click.Group):
    """A group of commands, described like one; ``prefix`` begins the names of their sentences."""

    def __init__(self, *args: Any, prefix: str = "", **attributes: Any) -> None:
        attributes.setdefault("invoke_without_command", True)
        super().__init__(*args, **attributes)
        self.prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they were added."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:  # noqa: D102
        if args and self.get_command(ctx, args[0]) is None:
            raise NoCommand(args[0], self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)

    def make_context(  # noqa: D102
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> click.Context:
        if parent is None:
            extra.setdefault("obj", session_for(args))
        return super().make_context(info_name, args, parent, **extra)


def help_text(command: click.Command, path: str, lang: Language, width: int) -> str:
    """Return the help of a command in lines of at most ``width`` columns."""
    about = command.about if isinstance(command, Command) else str(command.name)
    lines = wrap(render("usage.line", lang, command=_usage(command, path, lang)), width)
    for paragraph in render(f"help.{about}", lang).strip().split("\n"):
        lines += ["", *wrap(paragraph, width)] if paragraph else []
    arguments = [each for each in command.params if isinstance(each, Argument)]
    options = [each for each in command.params if isinstance(each, Option)]
    lines += _section(
        render("usage.arguments_head", lang),
        [(_metavar(each), render(f"argument.{each.about}", lang)) for each in arguments],
        width,
    )
    described = [(_option_names(each), render(f"option.{each.about}", lang)) for each in options]
    described.append(("--help", render("option.help", lang)))
    lines += _section(render("usage.options_head", lang), described, width)
    if isinstance(command, Group):
        listed = [
            (name, _short(command.prefix + name, lang)) for name in command.list_commands(_NO)
        ]
        lines += _section(render("usage.commands_head", lang), listed, width)
    return "\n".join(lines) + "\n"


_NO = click.Context(click.Command(None))


def _usage(command: click.Command, path: str, lang: Language) -> str:
    parts = [path, render("usage.options", lang)]
    parts += [_metavar(each) for each in command.params if isinstance(each, click.Argument)]
    if isinstance(command, click.Group):
        parts.append(render("usage.commands", lang))
    return " ".join(parts)


def _metavar(argument: click.Argument) -> str:
    shown = argument.metavar or str(argument.name).upper()
    return f"{shown}..." if argument.nargs == -1 else shown


def _option_names(option: click.Option) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    if option.is_flag:
        return names
    choices = option.type.choices if isinstance(option.type, OneOf) else ()
    return f"{names} {option.metavar or '|'.join(choices)}"


def _short(about: str, lang: Language) -> str:
    return render(f"help.{about}", lang).strip().split("\n")[0]


def _section(head: str, rows: Sequence[tuple[str, str]], width: int) -> Iterable[str]:
    """Return a heading over terms and what they mean, side by side."""
    if not rows:
        return []
    left = min(max(width_of(term) for term, _ in rows) + 2, _LEFT, width // 2)
    lines = ["", head]
    for term, meaning in rows:
        told = wrap(meaning, width - left - 2)
        if width_of(term) + 2 > left:
            lines.append(f"  {term}")
        else:
            first, *told = told
            lines.append(f"  {term}{' ' * (left - width_of(term))}{first}")
        lines += [" " * (left + 2) + line for line in told]
    return lines
