"""The program ``guantong``: its commands, loaded when used, and its exit codes.

0: done. 1: finished, with rows that were not taken. 2: wrong usage, or input or output that cannot
be used. 130: interrupted. 141: whoever read the output stopped reading.
"""

# typing.override comes with Python 3.12.
# mypy: disable-error-code="explicit-override"

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

import guantong as package
from guantong.cli.localised import Group, Option
from guantong.cli.session import Session, session_for
from guantong.cli.usage import usage_sentence
from guantong.errors import GuantongError

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = (
    "match",
    "score",
    "explain",
    "learn",
    "evaluate",
    "index",
    "search",
    "validate",
    "template",
    "kinds",
    "demo",
    "read",
    "digest",
    "compare",
    "evaluate-reading",
)
DONE, REJECTED, FAILED, INTERRUPTED, NOBODY_READS = 0, 1, 2, 130, 141


class Root(Group):
    """The group of all commands; each stands in the module of its name, with _ for -."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, without loading one."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"guantong.cli.commands.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)  # noqa: S101 - narrows the type of a module's own
        return command

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Run, and exit with the code of what happened."""
        given = list(sys.argv[1:] if args is None else args)
        sys.exit(self.run(given, str(extra.get("prog_name") or "guantong")))

    def run(self, args: list[str], prog_name: str = "guantong") -> int:
        """Run and return the exit code; whatever goes wrong becomes one sentence on stderr."""
        session = session_for(args)
        try:
            with self.make_context(prog_name, list(args)) as ctx:
                code = self.invoke(ctx)
            sys.stdout.flush()
        except click.exceptions.Exit as error:
            return error.exit_code
        except (KeyboardInterrupt, click.Abort):
            _say(session.render("cli.interrupted"))
            return INTERRUPTED
        except BrokenPipeError:
            _hush()
            return NOBODY_READS
        except (click.ClickException, GuantongError, OSError, MemoryError) as error:
            _say(session.render("cli.error", sentence=sentence_of(error, session)))
            if isinstance(error, click.UsageError):
                path = error.ctx.command_path if error.ctx is not None else prog_name
                _say(session.render("usage.see_help", command=path))
            if isinstance(error, OSError):
                _hush()
            return FAILED
        return code if isinstance(code, int) else DONE


def sentence_of(error: Exception, session: Session) -> str:
    """Return what went wrong in one sentence."""
    if isinstance(error, GuantongError):
        return session.render(error.code, **error.params)
    if isinstance(error, click.ClickException):
        return usage_sentence(error, session.lang)
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        if error.filename is None:
            return session.render("cli.os_error_bare", reason=reason)
        return session.render("cli.os_error", file=os.fsdecode(error.filename), reason=reason)
    return session.render("cli.no_memory")


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _hush() -> None:
    """Let the interpreter flush into nothing what nobody can take any more."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"guantong {package.__version__}")
        ctx.exit()


@click.group(
    cls=Root,
    name="guantong",
    params=[
        Option(["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_version)
    ],
)
@click.pass_context
def guantong(ctx: click.Context) -> None:
    """Show the help where no command is named."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), nl=False)
