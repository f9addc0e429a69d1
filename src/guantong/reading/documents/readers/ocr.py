"""Scanned pages and pictures by text recognition, where the optional part is installed."""

from __future__ import annotations

import io
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from guantong.errors import ConfigurationError, InputError
from guantong.reading.documents.drafts import Draft, DraftWriter, Source
from guantong.reading.documents.readers.layout import Segment, lines_in_order, passages

if TYPE_CHECKING:
    from collections.abc import Callable

# Recognition was trained on print about 30 pixels high: 10 point at 200 per inch.
_DOTS_PER_INCH = 200
_LONGEST_SIDE = 6_000
_LEAST_CERTAIN = 0.5


def recogniser() -> Callable[[Any], list[Segment]] | None:
    """Return what recognises the text of a picture (an array), or ``None`` if not installed."""
    if find_spec("rapidocr") is None:
        return None
    engine = _engine()

    def recognise(picture: Any) -> list[Segment]:
        result = engine(picture)
        if result.boxes is None or result.txts is None:
            return []
        return [
            Segment(
                text=text.strip(),
                left=float(min(x for x, _ in box)),
                right=float(max(x for x, _ in box)),
                top=float(min(y for _, y in box)),
                bottom=float(max(y for _, y in box)),
            )
            for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
            if text.strip() and score >= _LEAST_CERTAIN
        ]

    return recognise


@cache
def _engine() -> Any:
    return import_module("rapidocr").RapidOCR(params={"Global.log_level": "error"})


def recognise_page(page: Any, recognise: Callable[[Any], list[Segment]]) -> list[Segment]:
    """Return the text of a PDF page that is a picture, in points of the page."""
    scale = min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / max(page.get_width(), page.get_height(), 1))
    bitmap = page.render(scale=scale)
    try:
        found = recognise(bitmap.to_numpy().copy())
    finally:
        bitmap.close()
    return [
        Segment(
            text=part.text,
            left=part.left / scale,
            right=part.right / scale,
            top=part.top / scale,
            bottom=part.bottom / scale,
        )
        for part in found
    ]


class ImageReader:
    """Reads a picture of a page."""

    def read(self, source: Source) -> Draft:
        """Return the text recognised; raise ``ConfigurationError`` if the part is missing."""
        recognise = recogniser()
        if recognise is None:
            raise ConfigurationError("documents.ocr_missing", file=source.name)
        writer = DraftWriter(source)
        for passage in passages(lines_in_order(recognise(_opened(source)))):
            if passage.rows:
                writer.add_table(passage.rows)
            else:
                writer.add(passage.text, indented=passage.indented)
        return writer.draft(whole=False)


def _opened(source: Source) -> Any:
    import numpy as np

    Image = import_module("PIL.Image")  # noqa: N806
    try:
        with Image.open(io.BytesIO(source.data)) as picture:
            picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            return np.asarray(picture.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InputError("documents.damaged", file=source.name) from error
