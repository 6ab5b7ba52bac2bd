"""Time a release's PDF beside a bare Typst page, and weigh the public pages, all in one run.

The peer is Typst itself, setting one line of text with the same fonts and standards: what is over that is ours.
"""

from __future__ import annotations

import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import django
import typst

from benchmarks.weight import transferred_bytes

ROUNDS = 10
BARE = b'#set document(title: "A")\n#set text(lang: "en", font: "Source Serif 4")\n= A\nOne line.'


def seconds_of(work: Callable[[], object]) -> float:
    """Give the median of several rounds, after one to warm up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def load(folder: str) -> None:
    """Load the demonstration county into a folder, in a process of its own."""
    environment = {**os.environ, "HOTSPOTS_DATA_DIR": folder, "HOTSPOTS_ENV": "demonstration"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "hotspots", "demo", "--load-only"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "hotspots.config.settings"
    django.setup()


def main() -> None:
    """Print seconds, ratio and weights."""
    with tempfile.TemporaryDirectory() as folder:
        load(folder)
        measure()


def measure() -> None:
    """Measure what needs Django to be set up."""
    pdf = importlib.import_module("hotspots.results.queries.release_pdf")
    version = importlib.import_module("hotspots.results.models").ReleaseVersion.objects.order_by("-number").first()
    ours = seconds_of(lambda: pdf.release_pdf(version))
    settings: dict[str, Any] = {
        "font_paths": [str(pdf.FONTS)],
        "ignore_system_fonts": True,
        "pdf_standards": ["ua-1", "a-2a"],
    }
    bare = seconds_of(lambda: typst.compile(BARE, format="pdf", **settings))
    print(f"release PDF {ours:.3f} s, bare Typst page {bare:.3f} s, ratio {ours / bare:.1f} (target: under 0.5 s)")
    client = importlib.import_module("django.test").Client(headers={"host": "localhost"})
    address = f"/releases/{version.release.slug}/{version.number}"
    for page in ("/", address, f"/results/{version.release.campaign.key}", "/measures/explained", "/who-can-see-what"):
        print(f"{page}: {transferred_bytes(client, page) / 1000:.1f} kB transferred, cold (target: under 100 kB)")


if __name__ == "__main__":
    main()
