"""The program refuses to start where it is not fit, and says which setting."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

import pytest

from hotspots.config.environment import (
    UnfitEnvironment,
    database_of,
    make_private,
    read_environment,
    sqlite_file_of,
)


def fit(tmp_path: Path, **changes: str) -> dict[str, str]:
    """Give the settings of a production that is fit, with changes."""
    key_file = tmp_path / "master.key"
    key_file.write_text(secrets.token_hex(32))
    key_file.chmod(0o600)
    return {
        "HOTSPOTS_ENV": "production",
        "HOTSPOTS_DATA_DIR": str(tmp_path),
        "HOTSPOTS_SECRET_KEY": secrets.token_urlsafe(50),
        "HOTSPOTS_MASTER_KEY_FILE": str(key_file),
        "HOTSPOTS_ALLOWED_HOSTS": "record.example.org",
        **changes,
    }


def test_a_fit_production_starts(tmp_path: Path) -> None:
    environment = read_environment(fit(tmp_path))

    assert environment.is_https
    assert environment.allowed_hosts == ("record.example.org",)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"HOTSPOTS_DEBUG": "1"}, "HOTSPOTS_DEBUG"),
        ({"HOTSPOTS_SECRET_KEY": "change-me" * 6}, "HOTSPOTS_SECRET_KEY"),
        ({"HOTSPOTS_SECRET_KEY": ""}, "HOTSPOTS_SECRET_KEY"),
        ({"HOTSPOTS_MASTER_KEY": "00" * 32}, "master key is a sample"),
        ({"HOTSPOTS_MASTER_KEY": "abc"}, "64 hexadecimal digits"),
        ({"HOTSPOTS_MASTER_KEY_FILE": ""}, "HOTSPOTS_MASTER_KEY_FILE"),
        ({"HOTSPOTS_DEMONSTRATION_SIGN_IN": "1"}, "HOTSPOTS_DEMONSTRATION_SIGN_IN"),
        ({"HOTSPOTS_ENV": "prod"}, "HOTSPOTS_ENV"),
    ],
)
def test_an_unfit_production_is_refused_by_name(tmp_path: Path, changes: dict[str, str], says: str) -> None:
    with pytest.raises(UnfitEnvironment, match=says):
        read_environment(fit(tmp_path, **changes))


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    values = fit(tmp_path)
    Path(values["HOTSPOTS_MASTER_KEY_FILE"]).chmod(0o644)

    with pytest.raises(UnfitEnvironment, match="chmod 600"):
        read_environment(values)


def test_a_key_made_for_development_is_private_and_kept(tmp_path: Path) -> None:
    values = {"HOTSPOTS_DATA_DIR": str(tmp_path)}

    first, second = read_environment(values), read_environment(values)

    assert first.master_key == second.master_key
    assert (tmp_path / "master.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("url", "engine", "name", "host"),
    [
        ("sqlite:////srv/hotspots.sqlite3", "django.db.backends.sqlite3", "/srv/hotspots.sqlite3", None),
        ("postgresql://u:p%40@db:5433/county", "django.db.backends.postgresql", "county", "db"),
        ("postgresql://u@/county?host=/run/pg", "django.db.backends.postgresql", "county", "/run/pg"),
    ],
)
def test_a_database_url_is_read(url: str, engine: str, name: str, host: str | None) -> None:
    settings = database_of(url)

    assert (settings["ENGINE"], settings["NAME"], settings.get("HOST")) == (engine, name, host)


def test_an_unknown_database_is_refused() -> None:
    with pytest.raises(UnfitEnvironment, match="DATABASE_URL"):
        database_of("mysql://x")


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_a_database_that_others_can_read_is_refused(tmp_path: Path, ending: str) -> None:
    values = fit(tmp_path)
    database = tmp_path / f"hotspots.sqlite3{ending}"
    database.touch(mode=0o600)
    assert read_environment(values)

    database.chmod(0o604)

    with pytest.raises(UnfitEnvironment, match=f"can be read by others. Run: chmod 600 {database}"):
        read_environment(values)


def test_the_data_folder_and_the_database_are_made_for_this_account_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    environment = read_environment({"HOTSPOTS_DATA_DIR": str(folder), "HOTSPOTS_ENV": "test"})

    make_private(environment)
    make_private(environment)
    connection = sqlite3.connect(folder / "hotspots.sqlite3")
    connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1);")
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.glob("hotspots.sqlite3*")}
    connection.close()

    assert folder.stat().st_mode & 0o777 == 0o700
    assert modes == dict.fromkeys(("hotspots.sqlite3", "hotspots.sqlite3-wal", "hotspots.sqlite3-shm"), 0o600)


@pytest.mark.parametrize("url", ["postgresql://u@db/county", "sqlite:///:memory:", "sqlite:///file:x?mode=memory"])
def test_a_database_that_is_no_file_has_none(url: str) -> None:
    assert sqlite_file_of(url) is None
