"""Files of every usual format, read into one clean representation."""

from guantong.reading.documents.model import (
    Article,
    Block,
    BlockKind,
    Document,
    DocumentKind,
    Head,
    Limits,
    Remark,
)

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "Document",
    "DocumentKind",
    "Head",
    "Limits",
    "Remark",
]
