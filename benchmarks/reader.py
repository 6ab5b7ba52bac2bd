"""Time the reader of SMS Backup & Restore beside plain lxml, on the same 200 MB.

Both hash the file (SHA-256) while they read it. Plain lxml reads four attributes of each record and knows no places;
ours gives whole records with byte offset, length and line. Each runs in a process of its own, so that the peak of
memory is its own. Seconds are of the processor, so that a busy machine does not decide.

    python -m benchmarks.reader [--megabytes 200] [--rounds 3]
"""

import argparse
import hashlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, cast

from lxml import etree

from hotspots.intake.readers import Record, inspect_export, read_export

_WORDS = "hey is this still up are you free tonight what time where how much ok see you maybe tomorrow call me".split()  # noqa: SIM905
_TARGET_RATIO = 0.8
_AT_A_TIME, _MESSAGES_OF_ONE = 30, 7


class _Hashing(BufferedIOBase):
    """A file that hashes what is read of it, from its beginning to its end."""

    def __init__(self, src: BinaryIO) -> None:
        self._src = src
        self._hashed = 0
        self.digest = hashlib.sha256()

    def read(self, size: int | None = -1, /) -> bytes:
        at = self._src.tell()
        piece = self._src.read(-1 if size is None else size)
        if at <= self._hashed < at + len(piece):
            self.digest.update(piece[self._hashed - at :] if self._hashed > at else piece)
            self._hashed = at + len(piece)
        return piece

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._src.seek(offset, whence)


def _number(rng: random.Random) -> str:
    return f"+1{rng.randrange(201, 990)}55501{rng.randrange(100):02d}"


def write_backup(path: Path, size_bytes: int) -> int:
    """Write a backup of text messages, the same at every run, with numbers that nobody has.

    Some thirty conversations go on at a time, each of seven messages on average, as on a line with a live ad.
    """
    rng = random.Random(20211016)
    start, written, count = 1_600_000_000_000, 0, 0
    talking = [_number(rng) for _ in range(_AT_A_TIME)]
    with path.open("wb") as out:
        out.write(b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n")
        out.write(b'<smses count="0" backup_set="b" backup_date="1721556032311" type="full">\n')
        while written < size_bytes:
            start += rng.randrange(1, 60_000)
            text = " ".join(rng.choices(_WORDS, k=rng.randrange(3, 26)))
            text += rng.choice(("", "", "?", "&#10;ok", " &#128514;"))
            who = rng.randrange(_AT_A_TIME)
            number = talking[who]
            if not rng.randrange(_MESSAGES_OF_ONE):
                talking[who] = _number(rng)
            line = (
                f'  <sms protocol="0" address="{number}" date="{start}" type="{rng.choice("1112")}" subject="null" '
                f'body="{text}" toa="null" sc_toa="null" service_center="null" '
                f'read="1" status="-1" locked="0" date_sent="{start - 900}" sub_id="-1" '
                f'readable_date="Oct 16, 2021 21:04:05" contact_name="(Unknown)" />\n'
            ).encode()
            out.write(line)
            written += len(line)
            count += 1
        out.write(b"</smses>\n")
    return count


def read_ours(path: Path) -> tuple[int, str]:
    """Read whole records with their places."""
    count = 0
    with path.open("rb") as src:
        hashing = _Hashing(src)
        for event in read_export(cast(BinaryIO, hashing)):
            if type(event) is Record:
                count += 1
    return count, hashing.digest.hexdigest()


def read_lxml(path: Path) -> tuple[int, str]:
    """Read four attributes of each record, and nothing of where they stand."""
    count = 0
    with path.open("rb") as src:
        hashing = _Hashing(src)
        for _, element in etree.iterparse(hashing, events=("end",), tag="sms", resolve_entities=False):
            attributes = element.attrib
            _fields = attributes["address"], attributes["date"], attributes["type"], attributes["body"]
            count += 1
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return count, hashing.digest.hexdigest()


def inspect_ours(path: Path) -> tuple[int, str]:
    """Inspect: hash, read, normalize, find duplicates."""
    with path.open("rb") as src:
        found = inspect_export(src)
    return found.record_count, found.sha256


_READERS: dict[str, Callable[[Path], tuple[int, str]]] = {"ours": read_ours, "lxml": read_lxml, "inspect": inspect_ours}


def run_one(name: str, path: Path) -> None:
    """Run one reader in this process, and print its count, hash, processor seconds and peak memory."""
    begun = time.process_time()
    count, sha256 = _READERS[name](path)
    seconds = time.process_time() - begun
    print(count, sha256, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def measure(name: str, path: Path) -> tuple[int, str, float, int]:
    """Run one reader in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.reader", "--only", name, "--file", str(path)]
    count, sha256, seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(count), sha256, float(seconds), int(peak)


def compare(size_bytes: int, rounds: int) -> None:
    """Run the readers in turn, and print the best of each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sms.xml"
        expected = write_backup(path, size_bytes)
        megabytes = path.stat().st_size / 1e6
        best: dict[str, tuple[float, int]] = {}
        for _ in range(rounds):
            for name in _READERS:
                count, _sha256, seconds, peak = measure(name, path)
                assert count == expected, f"{name} read {count} of {expected} records"
                best[name] = min(best.get(name, (seconds, peak)), (seconds, peak))
    print(f"{expected:,} messages, {megabytes:.0f} MB, best of {rounds}")
    for name, (seconds, peak) in best.items():
        print(f"{name:8} {megabytes / seconds:6.1f} MB/s  {expected / seconds:9,.0f} records/s  peak {peak} MB")
    print(f"ours / lxml: {best['lxml'][0] / best['ours'][0]:.2f} (target: at least {_TARGET_RATIO})")


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=tuple(_READERS))
    parser.add_argument("--file", type=Path)
    arguments = parser.parse_args()
    if arguments.only:
        run_one(arguments.only, arguments.file)
    else:
        compare(arguments.megabytes * 1_000_000, arguments.rounds)


if __name__ == "__main__":
    main()
