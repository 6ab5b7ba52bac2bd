"""The program refuses to start where it is not fit, and says which setting."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from hotspots.config.environment import UnfitEnvironment, database_of, read_environment


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
