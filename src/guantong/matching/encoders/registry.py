"""Choosing an encoder by one short word in a setting or on the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, cast

from guantong.errors import ConfigurationError
from guantong.matching.encoders.static import StaticEncoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from guantong.matching.encoders.protocol import Encoder

ENTRY_POINT_GROUP = "guantong.encoders"
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """Where an OpenAI-compatible service answers and the key it asks for."""

    base_url: str
    api_key: str | None = field(default=None, repr=False)


def get_encoder(spec: str | None = None, *, endpoint: EndpointSettings | None = None) -> Encoder:
    """Return the encoder that ``spec`` names.

    ``None`` and ``"default"`` are the shipped one; ``"static:FOLDER"`` and ``"onnx:FOLDER"`` are
    local; ``"openai:MODEL"`` asks the ``endpoint``; any other word is an entry point of the group
    ``guantong.encoders``, called with the text after its colon if there is one.
    """
    kind, _, argument = (spec or DEFAULT).partition(":")
    if kind == DEFAULT:
        if argument:
            raise ConfigurationError("encoders.unknown", spec=spec)
        return StaticEncoder()
    if kind in ("static", "onnx", "openai"):
        if not argument:
            raise ConfigurationError("encoders.spec_incomplete", spec=spec)
        return _built_in(kind, argument, endpoint)
    found = entry_points(group=ENTRY_POINT_GROUP, name=kind)
    if not found:
        raise ConfigurationError("encoders.unknown", spec=spec)
    factory = cast("Callable[..., Encoder]", next(iter(found)).load())
    return factory(argument) if argument else factory()


def _built_in(kind: str, argument: str, endpoint: EndpointSettings | None) -> Encoder:
    if kind == "static":
        return StaticEncoder(Path(argument))
    if kind == "onnx":
        from guantong.matching.encoders.onnx import OnnxEncoder

        return OnnxEncoder(Path(argument))
    if endpoint is None:
        raise ConfigurationError("encoders.endpoint_unset", spec=f"openai:{argument}")
    from guantong.matching.encoders.http import HttpEncoder

    return HttpEncoder(endpoint.base_url, argument, api_key=endpoint.api_key)
