"""Persistent ids: the same row gets the same id however often it is imported."""

from __future__ import annotations

import unicodedata
from hashlib import blake2b

_DIGEST_BYTES = 6  # 48 bits: one chance in about 28,000 of any clash among 100,000 records


def derived_id(kind: str, title: str, organisation: str) -> str:
    """Return the id of a record that states none; width, case and spacing do not change it."""
    named = "\0".join((kind, _plain(title), _plain(organisation)))
    return f"{kind}-{_digest(named)}"


def distinct_id(base: str, content: str) -> str:
    """Return an id for another record of the same title and organisation as ``base``."""
    return f"{base}-{_digest(_plain(content))[:4]}"


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=_DIGEST_BYTES).hexdigest()


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
