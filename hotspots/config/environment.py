"""The program's environment: typed, frozen, read once, and refused when it is not fit for production."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

MASTER_KEY_BYTES = 32
SAMPLE_SECRETS = frozenset({"change-me", "changeme", "secret", "sample", "insecure", "development"})
LEAST_SECRET_CHARACTERS = 32


class Mode(StrEnum):
    """What the program runs for."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    DEMONSTRATION = "demonstration"
    TEST = "test"


class UnfitEnvironment(Exception):
    """The environment is not fit; the text says which setting, and what it should be."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Every setting that comes from outside."""

    mode: Mode
    is_debug: bool
    data_dir: Path
    database_url: str
    secret_key: str
    master_key: bytes
    allowed_hosts: tuple[str, ...]
    is_https: bool
    public_url: str
    has_demonstration_sign_in: bool
    time_zone: str

    @property
    def is_local(self) -> bool:
        return self.mode is not Mode.PRODUCTION


def read_environment(values: Mapping[str, str]) -> Environment:
    """Read the environment.

    Raises UnfitEnvironment when a setting is missing or has the wrong shape, and in production when debug is
    on, a secret is a sample, or a key file can be read by others.
    """
    try:
        mode = Mode(values.get("HOTSPOTS_ENV", "development"))
    except ValueError:
        raise UnfitEnvironment(f"HOTSPOTS_ENV is one of {', '.join(Mode)}, not {values['HOTSPOTS_ENV']}.") from None
    data_dir = Path(values.get("HOTSPOTS_DATA_DIR", "data")).absolute()
    is_production = mode is Mode.PRODUCTION
    environment = Environment(
        mode=mode,
        is_debug=values.get("HOTSPOTS_DEBUG", "") not in {"", "0", "false", "no"},
        data_dir=data_dir,
        database_url=values.get("DATABASE_URL", f"sqlite:///{data_dir}/hotspots.sqlite3"),
        secret_key=_secret_of(values, data_dir, is_production),
        master_key=_master_key_of(values, data_dir, is_production),
        allowed_hosts=_hosts_of(values),
        is_https=values.get("HOTSPOTS_HTTPS", "1" if is_production else "0") not in {"", "0", "false", "no"},
        public_url=values.get("HOTSPOTS_PUBLIC_URL", "http://localhost:8000").rstrip("/"),
        has_demonstration_sign_in=values.get("HOTSPOTS_DEMONSTRATION_SIGN_IN", "0") == "1",
        time_zone=values.get("HOTSPOTS_TIME_ZONE", "America/Los_Angeles"),
    )
    if is_production:
        _check_production(environment)
    return environment


def _hosts_of(values: Mapping[str, str]) -> tuple[str, ...]:
    given = tuple(host.strip() for host in values.get("HOTSPOTS_ALLOWED_HOSTS", "").split(",") if host.strip())
    return given or ("localhost", "127.0.0.1", "[::1]")


def _secret_of(values: Mapping[str, str], data_dir: Path, is_production: bool) -> str:
    if given := values.get("HOTSPOTS_SECRET_KEY"):
        return given
    if is_production:
        raise UnfitEnvironment("HOTSPOTS_SECRET_KEY is not set. Set it to 50 random characters.")
    return _kept(data_dir / "secret.key", lambda: secrets.token_urlsafe(50))


def _master_key_of(values: Mapping[str, str], data_dir: Path, is_production: bool) -> bytes:
    if given := values.get("HOTSPOTS_MASTER_KEY"):
        return _key_bytes(given, "HOTSPOTS_MASTER_KEY")
    if named := values.get("HOTSPOTS_MASTER_KEY_FILE"):
        return _key_from_file(Path(named), is_production)
    if is_production:
        raise UnfitEnvironment("HOTSPOTS_MASTER_KEY_FILE is not set. Name the file that holds the master key.")
    return _key_bytes(_kept(data_dir / "master.key", lambda: secrets.token_hex(MASTER_KEY_BYTES)), "data/master.key")


def _key_from_file(path: Path, is_production: bool) -> bytes:
    try:
        mode, text = path.stat().st_mode, path.read_text()
    except OSError as error:
        raise UnfitEnvironment(f"The key file {path} cannot be read: {error.strerror}.") from error
    if is_production and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnfitEnvironment(f"The key file {path} can be read by others. Run: chmod 600 {path}")
    return _key_bytes(text, str(path))


def _key_bytes(text: str, name: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise UnfitEnvironment(f"{name} must hold 64 hexadecimal digits (32 bytes).")
    return key


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text().strip()


def sqlite_file_of(url: str) -> Path | None:
    """Give the file of an SQLite database, or None for another one and for one in memory."""
    name = url.removeprefix("sqlite:///")
    return None if name == url or not name or name.startswith((":", "file:")) else Path(name)


def make_private(environment: Environment) -> None:
    """Make the data folder and the SQLite database for this account alone.

    SQLite gives the two files beside a database (-wal, -shm) the database's own mode.
    """
    environment.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = sqlite_file_of(environment.database_url)
    if database is not None and database.parent.is_dir():
        database.touch(mode=0o600)


def _check_database_file(database: Path) -> None:
    for path in (database, *(database.with_name(database.name + ending) for ending in ("-wal", "-shm"))):
        if path.exists() and path.stat().st_mode & stat.S_IRWXO:
            raise UnfitEnvironment(f"The database file {path} can be read by others. Run: chmod 600 {path}")


def _check_production(environment: Environment) -> None:
    if (database := sqlite_file_of(environment.database_url)) is not None:
        _check_database_file(database)
    if environment.is_debug:
        raise UnfitEnvironment("HOTSPOTS_DEBUG is on. Production does not start with it.")
    lowered = environment.secret_key.lower()
    if len(lowered) < LEAST_SECRET_CHARACTERS or any(sample in lowered for sample in SAMPLE_SECRETS):
        raise UnfitEnvironment("HOTSPOTS_SECRET_KEY is a sample or too short. Set it to 50 random characters.")
    if len(set(environment.master_key)) < MASTER_KEY_BYTES // 4:
        raise UnfitEnvironment("The master key is a sample. Make one with: openssl rand -hex 32")
    if environment.has_demonstration_sign_in:
        raise UnfitEnvironment("HOTSPOTS_DEMONSTRATION_SIGN_IN is on. It is for the demonstration alone.")


def database_of(url: str) -> dict[str, object]:
    """Give Django's settings for a database URL, sqlite:///path or postgresql://user@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(url.removeprefix("sqlite:///"))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise UnfitEnvironment(f"DATABASE_URL starts with sqlite: or postgresql:, not {parts.scheme}:.")
    return _postgresql(url)


def _sqlite(path: str) -> dict[str, object]:
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": ";".join(f"PRAGMA {pragma}" for pragma in pragmas),
        },
        "TEST": {"NAME": f"{path}.test"},
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise UnfitEnvironment("DATABASE_URL names no port: it is a number up to 65535.") from None
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": _unquoted(parts.username),
        "PASSWORD": _unquoted(parts.password),
        "HOST": _unquoted(parts.hostname) or _unquoted(query.get("host", "")),
        "PORT": str(port or query.get("port", "")),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
    }


def _unquoted(value: str | None) -> str:
    return unquote(value) if value else ""


def environment_of_process() -> Environment:
    """Read the environment of this process."""
    return read_environment(os.environ)
