"""The rules of the word-vector table: unknown words, weights, blocks, and what ships."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from guantong.errors import ConfigurationError
from guantong.matching.encoders.static import SHIPPED, StaticEncoder

if TYPE_CHECKING:
    from pathlib import Path

# Ordered by frequency, as every vocabulary must be.
TABLE = {
    "材料": [100, 0, 0],
    "电池": [0, 100, 0],
    "锂": [0, 60, 0],
    "纳米": [0, 0, 100],
    "battery": [0, 90, 10],
    "lithium": [0, 50, 0],
    "片": [10, 10, 0],
    "材": [80, 0, 5],
}
SCALES = {"材料": 0.01, "纳米": 0.05}


def write_table(folder: Path, table: dict[str, list[int]] = TABLE) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps({"name": "three-axes"}))
    (folder / "words.txt").write_text("".join(f"{word}\n" for word in table), encoding="utf-8")
    np.save(folder / "vectors.npy", np.array(list(table.values()), np.int8))
    scales = [SCALES.get(word, 0.02) for word in table]
    np.save(folder / "scales.npy", np.array(scales, np.float32))
    return folder


@pytest.fixture
def encoder(tmp_path: Path) -> StaticEncoder:
    return StaticEncoder(write_table(tmp_path / "table"))


@pytest.fixture(scope="module")
def shipped() -> StaticEncoder:
    return StaticEncoder()


def unit(*axes: float) -> list[float]:
    return [axis / float(np.linalg.norm(axes)) for axis in axes]


def test_a_row_is_the_sum_of_its_words_by_their_scales(encoder: StaticEncoder) -> None:
    assert encoder.encode(["材料，电池。"])[0] == pytest.approx(unit(1, 2, 0))
    assert encoder.encode(["纳米，材料，材料"])[0] == pytest.approx(unit(2, 0, 5))


def test_order_case_and_width_do_not_matter(encoder: StaticEncoder) -> None:
    rows = encoder.encode(["Ｂattery 纳米", "纳米 BATTERY"])
    assert rows[0] == pytest.approx(rows[1])


def test_an_unknown_word_is_cut_into_its_likeliest_known_pieces(encoder: StaticEncoder) -> None:
    assert encoder.encode_words([["片材"]])[0] == pytest.approx(unit(90, 10, 5))
    assert encoder.encode_words([["lithiumbattery"]])[0] == pytest.approx(unit(0, 140, 10))


def test_known_pieces_are_found_beside_unknown_letters(encoder: StaticEncoder) -> None:
    assert encoder.encode_words([["鑫锂"]])[0] == pytest.approx([0, 1, 0])
    assert encoder.encode_words([["xbatteryx"]])[0] == pytest.approx(unit(0, 90, 10))


def test_the_pieces_of_a_word_weigh_less_than_as_many_words(encoder: StaticEncoder) -> None:
    one_word, two_words = encoder.encode_words([["片材", "纳米"], ["片", "材", "纳米"]])
    assert one_word[0] < two_words[0]
    assert one_word[2] > two_words[2]


def test_nothing_known_is_a_row_of_zeros(encoder: StaticEncoder) -> None:
    rows = encoder.encode(["zzz", "！？", "", "电池"])
    assert not rows[:3].any()
    assert rows[3] == pytest.approx([0, 1, 0])


def test_texts_longer_than_a_block_are_summed_whole(encoder: StaticEncoder) -> None:
    rows = encoder.encode_words([["材料"] * 5000, [], ["电池"], ["材料", "电池"] * 2000, ["锂"]])
    expected = [[1, 0, 0], [0, 0, 0], [0, 1, 0], unit(1, 2, 0), [0, 1, 0]]
    assert np.allclose(rows, expected, atol=1e-5)


def test_rows_of_four_bits_hold_two_numbers_a_byte(tmp_path: Path) -> None:
    folder = write_table(tmp_path, {"材料": [0, 0, 0], "电池": [0, 0, 0]})
    first, second = np.array([[7, -7], [0, 1]]), np.array([[-1, 3], [5, -6]])
    np.save(folder / "vectors.npy", (first + 8 | (second + 8) << 4).astype(np.uint8))
    rows = StaticEncoder(folder).encode_words([["材料"], ["电池"]])
    assert np.allclose(rows, [unit(7, -7, -1, 3), unit(0, 1, 5, -6)])


def test_cut_words_and_whole_text_agree(encoder: StaticEncoder) -> None:
    text = "纳米材料与锂电池片材"
    assert encoder.encode_words([encoder.words(text)])[0] == pytest.approx(
        encoder.encode([text])[0]
    )


@pytest.mark.parametrize("name", ["config.json", "words.txt", "vectors.npy", "scales.npy"])
def test_a_folder_without_one_of_its_files_is_refused(tmp_path: Path, name: str) -> None:
    folder = write_table(tmp_path)
    (folder / name).unlink()
    with pytest.raises(ConfigurationError) as caught:
        StaticEncoder(folder)
    assert caught.value.code == "encoders.folder_incomplete"
    assert caught.value.params["missing"] == name


def test_files_of_different_lengths_are_refused(tmp_path: Path) -> None:
    folder = write_table(tmp_path)
    (folder / "words.txt").write_text("材料\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="folder_inconsistent"):
        StaticEncoder(folder)


@pytest.mark.parametrize(
    ("name", "content"), [("config.json", "{"), ("config.json", "{}"), ("vectors.npy", "no table")]
)
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: str) -> None:
    folder = write_table(tmp_path)
    (folder / name).write_text(content)
    with pytest.raises(ConfigurationError) as caught:
        StaticEncoder(folder)
    assert caught.value.code == "encoders.folder_unreadable"
    assert str(caught.value.params["file"]).endswith(name)


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("锂离子电池正极材料", "动力电池用高镍三元材料"), "奶牛乳房炎的防治"),
        (("无人机目标跟踪", "视频中运动物体的识别与跟随"), "茶叶加工工艺"),
        (("污水处理", "wastewater treatment"), "视频编码"),
        (("图像识别的深度学习方法", "deep learning for image recognition"), "土壤重金属"),
        (("猪饲料里的氨基酸", "amino acids in the diet of growing pigs"), "射电望远镜"),
    ],
)
def test_shipped_vectors_put_like_meanings_together(
    shipped: StaticEncoder, near: tuple[str, str], far: str
) -> None:
    one, other, stranger = shipped.encode([*near, far])
    assert one @ other > one @ stranger + 0.2


def test_the_shipped_model_keeps_its_size_and_says_where_it_comes_from() -> None:
    total = sum(file.stat().st_size for file in SHIPPED.iterdir())
    assert total <= 30_000_000
    card = (SHIPPED / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in card
    assert "Apache-2.0" in card
