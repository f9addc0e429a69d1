"""The rules for naming an encoder, and the arithmetic all encoders share."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from typing import TYPE_CHECKING

import numpy as np
import pytest

from guantong.errors import ConfigurationError
from guantong.matching.encoders import (
    EndpointSettings,
    StaticEncoder,
    get_encoder,
    quantize,
    registry,
)
from guantong.matching.encoders.protocol import unit_rows
from guantong.matching.encoders.static import SHIPPED
from guantong.messages import catalogue, render

if TYPE_CHECKING:
    from collections.abc import Sequence


class Nowhere:
    """An encoder as another package would bring it."""

    dimensions = 2

    def __init__(self, place: str = "here") -> None:
        self.name = f"nowhere:{place}"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.zeros((len(texts), 2), np.float32)


@pytest.mark.parametrize("spec", [None, "", "default"])
def test_no_name_and_default_are_the_shipped_vectors(spec: str | None) -> None:
    encoder = get_encoder(spec)
    assert isinstance(encoder, StaticEncoder)
    assert encoder.name == get_encoder(f"static:{SHIPPED}").name


def test_another_package_can_bring_an_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("nowhere", f"{__name__}:Nowhere", registry.ENTRY_POINT_GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **by: EntryPoints([point]).select(**by))
    assert get_encoder("nowhere").name == "nowhere:here"
    assert get_encoder("nowhere:there").name == "nowhere:there"


def test_an_endpoint_is_used_without_asking_it_anything_yet() -> None:
    encoder = get_encoder("openai:m", endpoint=EndpointSettings("http://127.0.0.1:9/v1", "key"))
    assert encoder.name == "openai:m"


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("unheard", "encoders.unknown"),
        ("default:x", "encoders.unknown"),
        ("onnx", "encoders.spec_incomplete"),
        ("static:", "encoders.spec_incomplete"),
        ("openai:m", "encoders.endpoint_unset"),
        ("onnx:/no/such/folder", "encoders.folder_incomplete"),
    ],
)
def test_a_name_that_cannot_be_followed_is_told(spec: str, code: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        get_encoder(spec)
    assert caught.value.code == code
    for lang in ("zh", "en"):
        assert "{" not in render(code, lang, **caught.value.params)


def test_every_sentence_exists_in_both_languages() -> None:
    assert {code for code in catalogue("zh") if code.startswith("encoders.")} == {
        code for code in catalogue("en") if code.startswith("encoders.")
    }


def test_unit_rows_leave_zeros_alone() -> None:
    rows = unit_rows(np.array([[3, 4], [0, 0]], np.float32))
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]
    assert rows.dtype == np.float32


def test_quantizing_spans_the_whole_range_and_never_overflows() -> None:
    rows = np.array([[1, -1, 0, 0.5], [1.2, -1.2, 0.004, -0.004]], np.float32)
    assert quantize(rows).tolist() == [[127, -127, 0, 64], [127, -127, 1, -1]]
