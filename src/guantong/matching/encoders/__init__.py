"""Encoders: texts to vectors, by the shipped word vectors, a local ONNX model or an endpoint."""

from guantong.matching.encoders.protocol import Encoder, Vectors, quantize
from guantong.matching.encoders.registry import EndpointSettings, get_encoder
from guantong.matching.encoders.static import StaticEncoder

__all__ = [
    "Encoder",
    "EndpointSettings",
    "StaticEncoder",
    "Vectors",
    "get_encoder",
    "quantize",
]
