"""Records as JSON lines: the fields of a record, then where it was found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guantong.reading.statements import explain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guantong.messages import Language
    from guantong.reading.sources import Reading


def record_lines(
    readings: Sequence[Reading],
    *,
    lang: Language = "zh",
    explained: bool = False,
    named: bool | None = None,
) -> Iterator[str]:
    """Yield one line of JSON for each record, without line breaks.

    ``explained`` adds the rules in words as ``explanation``; ``named`` adds the ``document``,
    which is done by default where there are several.
    """
    with_name = len(readings) > 1 if named is None else named
    for reading in readings:
        for statement in reading.statements:
            record = statement.to_json()
            if explained:
                record["explanation"] = explain(statement, lang)
            if with_name:
                record["document"] = reading.document.name
            yield json.dumps(record, ensure_ascii=False)
