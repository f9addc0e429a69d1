"""What an encoder is, and the arithmetic that every encoder shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Vectors = NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors whose inner product says how near their meanings are.

    Every back-end passes ``tests/contract/test_encoders.py``.
    """

    @property
    def name(self) -> str:
        """Say which model and version this is; vectors of two names cannot be compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, shape ``(len(texts), dimensions)``.

        Rows have length 1; a text in which nothing is known has a row of zeros.
        """
        ...


def unit_rows(rows: Vectors) -> Vectors:
    """Scale every row to length 1; rows of zeros stay as they are."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return cast("Vectors", rows / np.where(lengths > 0, lengths, np.float32(1)))


def quantize(vectors: Vectors) -> NDArray[np.int8]:
    """Return unit rows as whole numbers from -127 to 127, a quarter of the size.

    All rows share the factor 127, so inner products keep their order up to rounding.
    """
    whole: NDArray[np.int8] = np.rint(np.clip(vectors, -1, 1) * np.float32(127)).astype(np.int8)
    return whole
