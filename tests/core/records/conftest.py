import pytest


@pytest.fixture
def table(tmp_path):
    """Return a function that writes a text file, as bytes where an encoding is not enough."""

    def write(content, name="table.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
