"""Files of every usual format, read into one clean representation."""

from guantong.reading.documents.drafts import Draft, DraftWriter, Piece, Reader, Source
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
from guantong.reading.documents.outline import Node, outline
from guantong.reading.documents.reading import read_document

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "Document",
    "DocumentKind",
    "Draft",
    "DraftWriter",
    "Head",
    "Limits",
    "Node",
    "Piece",
    "Reader",
    "Remark",
    "Source",
    "outline",
    "read_document",
]
