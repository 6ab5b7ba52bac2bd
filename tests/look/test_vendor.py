"""What is vendored is what was built: every file has its hash, and every hash its file."""

import hashlib
import json
import re
from pathlib import Path

import pytest

LOOK = Path(__file__).parents[2] / "look"
VENDOR = LOOK / "vendor"


def hashes() -> dict[str, str]:
    """Read the hashes, by path."""
    lines = (VENDOR / "HASHES").read_text().splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def committed_files() -> set[str]:
    """List the files the pipeline is responsible for."""
    folders = (LOOK / "static", LOOK / "fonts-pdf", VENDOR / "test")
    return {path.relative_to(LOOK).as_posix() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("path", sorted(hashes()))
def test_each_vendored_file_has_the_hash_that_was_recorded(path: str) -> None:
    content = (LOOK / path).read_bytes()

    assert hashlib.sha256(content).hexdigest() == hashes()[path], "run look/vendor/vendor.sh"


def test_no_committed_file_is_without_a_hash() -> None:
    assert committed_files() == set(hashes())


def test_the_lock_file_pins_by_hash_and_names_no_address() -> None:
    text = (VENDOR / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]

    assert "://" not in text
    assert all("integrity" in package for name, package in packages.items() if name)


def test_versions_are_exact() -> None:
    wanted = json.loads((VENDOR / "package.json").read_text())["devDependencies"]

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_the_sprite_holds_every_icon_that_is_listed() -> None:
    sprite = (LOOK / "static/look/img/icons.svg").read_text()
    listed = (VENDOR / "icons.txt").read_text().split()

    assert re.findall(r'<symbol id="([a-z_]+)"', sprite) == sorted(listed)


def test_every_font_and_image_of_the_styles_is_there() -> None:
    for sheet in (LOOK / "static/look/css").glob("*.css"):
        for target in re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text()):
            assert target.startswith("data:") or (sheet.parent / target).exists(), f"{sheet.name}: {target}"


def test_the_style_sheet_is_made_of_its_sources() -> None:
    built = re.sub(r"\s|/\*.*?\*/", "", (LOOK / "static/look/css/look.css").read_text())

    for source in sorted((VENDOR / "css").glob("*.css")):
        classes = set(re.findall(r"\.((?:hs|usa)-[\w-]+)", source.read_text()))
        missing = {name for name in classes if f".{name}" not in built}
        assert not missing, f"{source.name}: {missing}: run look/vendor/vendor.sh"
