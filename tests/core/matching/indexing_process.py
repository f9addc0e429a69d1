"""A process that builds an index until it is killed; run by the tests.

    python indexing_process.py INDEX RECORDS COMMITTED_EVERY

It says how many records it has read so far, one line for each batch.
"""

from __future__ import annotations

import sys

from builders import many_offers

from guantong.matching import index


def main() -> None:
    path, records, every = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    index.BATCH = 50
    with index.IndexBuilder(path) as builder:
        builder._writer.autocommit = every
        builder.add(many_offers(records), progress=lambda done: print(done, flush=True))
    print("finished", flush=True)


if __name__ == "__main__":
    main()
