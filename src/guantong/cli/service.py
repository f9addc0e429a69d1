"""The embedding service that ``--encoder openai:MODEL`` asks, as the environment names it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guantong.matching.encoders import EndpointSettings

URL_VARIABLE = "GUANTONG_ENCODER_URL"
KEY_VARIABLE = "GUANTONG_ENCODER_KEY"


def endpoint(environment: Mapping[str, str] | None = None) -> EndpointSettings | None:
    """Return the service's base URL and key, ``None`` where no URL is set."""
    from guantong.matching.encoders import EndpointSettings

    settings = os.environ if environment is None else environment
    url = settings.get(URL_VARIABLE, "").strip()
    return EndpointSettings(url, settings.get(KEY_VARIABLE) or None) if url else None
