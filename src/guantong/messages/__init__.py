"""Every sentence the core says, in Chinese and English, looked up by code.

The sentences stand in ``zh/*.toml`` and ``en/*.toml``, one file for each package, as
``[group]`` tables of ``name = "sentence with {parameters}"``; the code is ``group.name``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def render(code: str, lang: Language = "zh", **params: object) -> str:
    """Return the sentence for ``code``; an unknown code is shown as it is, with its parameters."""
    template = catalogue(lang).get(code)
    if template is None:
        shown = ", ".join(f"{name}={value}" for name, value in params.items())
        return f"{code} ({shown})" if shown else code
    return template.format(**params)


@cache
def catalogue(lang: Language) -> dict[str, str]:
    """Return all sentences of one language by code."""
    sentences: dict[str, str] = {}
    for source in sorted(files(__name__).joinpath(lang).iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".toml"):
            _flatten(tomllib.loads(source.read_text(encoding="utf-8")), "", sentences)
    return sentences


def _flatten(table: dict[str, object], prefix: str, into: dict[str, str]) -> None:
    for name, value in table.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}{name}.", into)
        else:
            into[prefix + name] = str(value)
