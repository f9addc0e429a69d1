"""What every command knows: the language it speaks."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guantong.messages import LANGUAGES, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import click

    from guantong.messages import Language

LANGUAGE_VARIABLE = "GUANTONG_LANG"


@dataclass(frozen=True, slots=True)
class Session:
    """The settings of one run."""

    lang: Language = "zh"

    def render(self, code: str, **params: object) -> str:
        """Return a sentence in the language of the run."""
        return render(code, self.lang, **params)


def session_for(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Session:
    """Return the session that the arguments ask for.

    The language is looked up before anything is parsed, so that ``--help`` and the errors of
    parsing speak it too, wherever ``--lang`` stands. A wrong one is left to the parser to refuse.
    """
    chosen = (os.environ if environment is None else environment).get(LANGUAGE_VARIABLE, "")
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang":
            chosen = next(iter(arguments[place + 1 : place + 2]), chosen)
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    # A locale such as en_GB.UTF-8 names a language too.
    short = chosen[:2].lower()
    return Session(next((lang for lang in LANGUAGES if lang == short), "zh"))


def session_of(ctx: click.Context | None) -> Session:
    """Return the session of a context, the default one outside any."""
    found = ctx.find_root().obj if ctx is not None else None
    return found if isinstance(found, Session) else Session()
