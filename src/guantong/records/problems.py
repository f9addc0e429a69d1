"""What went wrong while reading a table: where, with which value, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from guantong.errors import InputError
from guantong.messages import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guantong.messages import Language

_SHOWN_VALUE = 60


class Severity(StrEnum):
    """``ERROR``: the row was not taken. ``WARNING``: it was, with a remark."""

    ERROR = "error"
    WARNING = "warning"


class CellError(InputError):
    """A cell that cannot be read as what its column holds; ``partial`` is what could be read."""

    partial: object = None

    def keep(self, partial: object) -> CellError:
        """Return the error with what could be read."""
        self.partial = partial
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding; ``row`` counts from 1 as a spreadsheet shows it, 0 means the whole sheet."""

    code: str
    severity: Severity
    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def place(self, lang: Language = "zh") -> str:
        """Return where it is, as short as it can be said."""
        parts = [self.file]
        if self.sheet:
            parts.append(render("problem.sheet", lang, sheet=self.sheet))
        if self.row:
            parts.append(render("problem.row", lang, row=self.row))
        if self.column:
            parts.append(render("problem.column", lang, column=self.column))
        return render("problem.between", lang).join(part for part in parts if part)

    def sentence(self, lang: Language = "zh") -> str:
        """Return what is wrong and what to do."""
        return render(self.code, lang, **self._all_params())

    def render(self, lang: Language = "zh") -> str:
        """Return place and sentence in one line."""
        place = self.place(lang)
        return render("problem.line", lang, place=place, sentence=self.sentence(lang))

    def as_error(self) -> InputError:
        """Return the exception that a strict reader raises for this problem."""
        return InputError(self.code, **self._all_params())

    def _all_params(self) -> dict[str, object]:
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": shorten(self.value),
            **self.params,
        }


def shorten(value: object) -> str:
    """Return ``value`` on one line, cut where a message would become unreadable."""
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN_VALUE else text[: _SHOWN_VALUE - 1] + "…"
