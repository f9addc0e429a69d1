import pytest

from guantong.errors import InputError, NotFoundError
from guantong.reading.documents import Limits
from guantong.reading.folder import ENDINGS, Refusal, items_in, read_items

TEXT = "关于公布名单的通知\n\n各区：\n现将2026年绿色工厂名单公布，共有绿色工厂50家。\n"


def fill(folder, *names, text=TEXT):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def outputs(folder):
    return {item.name: item.output.as_posix() for item in items_in([folder])}


def test_the_output_of_a_text_file_has_its_name(tmp_path):
    fill(tmp_path, "a.txt", "b.md")
    assert outputs(tmp_path) == {"a.txt": "a", "b.md": "b"}


def test_of_two_files_that_differ_in_their_ending_the_text_keeps_the_name(tmp_path):
    fill(tmp_path, "a.txt", "a.md", "a.html")
    assert outputs(tmp_path) == {"a.txt": "a", "a.md": "a.md", "a.html": "a.html"}


def test_a_dot_inside_a_name_is_part_of_it(tmp_path):
    fill(tmp_path, "v1.2.txt", "v1.3.txt")
    assert outputs(tmp_path) == {"v1.2.txt": "v1.2", "v1.3.txt": "v1.3"}


def test_folders_below_keep_their_place(tmp_path):
    fill(tmp_path, "2025/a.txt", "2026/a.txt")
    assert outputs(tmp_path) == {"2025/a.txt": "2025/a", "2026/a.txt": "2026/a"}


def test_hidden_files_lock_files_and_other_formats_are_passed_over(tmp_path):
    fill(tmp_path, "a.txt", ".b.txt", ".git/c.txt", "~$d.docx", "e.py", "f.jsonl")
    assert outputs(tmp_path) == {"a.txt": "a"}


def test_a_file_named_outright_is_tried_whatever_its_ending(tmp_path):
    fill(tmp_path, "a.notes")
    assert [item.name for item in items_in([tmp_path / "a.notes"])] == ["a.notes"]


def test_a_file_named_twice_is_read_once(tmp_path):
    fill(tmp_path, "a.txt")
    assert len(items_in([tmp_path / "a.txt", tmp_path])) == 1


def test_files_of_one_name_from_two_folders_are_told_apart(tmp_path):
    fill(tmp_path, "x/a.txt", "y/a.txt")
    items = items_in([tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt"])
    assert len({item.name for item in items}) == 2
    assert len({item.output for item in items}) == 2


def test_the_order_is_that_of_the_names(tmp_path):
    fill(tmp_path, "c.txt", "a.txt", "b.txt")
    assert [item.name for item in items_in([tmp_path])] == ["a.txt", "b.txt", "c.txt"]


def test_a_path_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NotFoundError) as caught:
        items_in([tmp_path / "no.txt"])
    assert caught.value.code == "documents.not_found"


def test_a_folder_with_nothing_to_read_is_told(tmp_path):
    fill(tmp_path, "a.py")
    with pytest.raises(InputError) as caught:
        items_in([tmp_path])
    assert caught.value.code == "reading.error.nothing"
    assert ".pdf" in caught.value.params["known"]


def test_every_ending_is_written_small():
    assert all(ending == ending.lower() and ending.startswith(".") for ending in ENDINGS)


def test_a_file_that_cannot_be_read_does_not_stop_the_rest(tmp_path):
    fill(tmp_path, "b.txt", "c.txt")
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 torn")
    found = {item.name: result for item, result in read_items(items_in([tmp_path]))}
    refused = {
        name: result.error.code for name, result in found.items() if isinstance(result, Refusal)
    }
    assert refused == {"a.txt": "documents.empty", "b.pdf": "documents.damaged"}
    assert found["c.txt"].document.name == "c.txt"


def test_a_file_over_the_limit_is_refused(tmp_path):
    fill(tmp_path, "a.txt")
    [(_, result)] = read_items(items_in([tmp_path]), limits=Limits(file_bytes=10))
    assert result.error.code == "documents.too_large"


def test_only_the_kinds_that_are_wanted_are_read(tmp_path):
    fill(tmp_path, "a.txt", text="遵义简讯\n\n遵义市全年地区生产总值达到900亿元，增长6%。\n")
    [(_, reading)] = read_items(items_in([tmp_path]), kinds=["indicator"])
    assert {statement.kind for statement in reading.statements} == {"indicator"}


def test_files_are_read_one_by_one_as_they_are_asked_for(tmp_path):
    fill(tmp_path, "a.txt", "b.txt")
    found = read_items(items_in([tmp_path]))
    next(found)
    (tmp_path / "b.txt").unlink()
    _, result = next(found)
    assert result.error.code == "documents.not_found"


def test_progress_names_the_file(tmp_path):
    fill(tmp_path, "a.txt")
    told = []
    list(read_items(items_in([tmp_path]), progress=lambda *each: told.append(each)))
    assert all(item.name == "a.txt" for item, _, _ in told)
