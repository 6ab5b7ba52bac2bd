"""What the program refuses to start on, each with a sentence that says what to do."""

from __future__ import annotations

import secrets
import socket
import stat
from pathlib import Path

import pytest

from hotspots import errors
from hotspots.commands.serve import check_port
from tests.commands.conftest import outcome_of
from tests.journeys.county import County, free_port


@pytest.fixture
def empty(tmp_path: Path) -> County:
    """Give a folder in which nothing was started yet."""
    (tmp_path / "data").mkdir(mode=0o700)
    return County(tmp_path / "data")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """Give a key file that its owner alone can read."""
    path = tmp_path / "master.key"
    path.touch(mode=0o600)
    path.write_text(secrets.token_hex(32))
    return path


def production(key_file: Path, **changes: str) -> dict[str, str]:
    """Give the settings of a production, with changes."""
    return {
        "HOTSPOTS_ENV": "production",
        "HOTSPOTS_SECRET_KEY": secrets.token_urlsafe(50),
        "HOTSPOTS_MASTER_KEY_FILE": str(key_file),
        "HOTSPOTS_ALLOWED_HOSTS": "record.example.org",
        **changes,
    }


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("HOTSPOTS_SECRET_KEY", "change-me-" * 6),
        ("HOTSPOTS_DEBUG", "1"),
        ("HOTSPOTS_DEMONSTRATION_SIGN_IN", "1"),
    ],
)
def test_production_does_not_start_with(empty: County, key_file: Path, setting: str, value: str) -> None:
    outcome = outcome_of(empty, "serve", "--port", str(free_port()), **production(key_file, **{setting: value}))

    assert outcome.code == 2
    assert outcome.err.startswith("hotspots: ")
    assert setting in outcome.err


def test_production_does_not_start_with_a_key_that_others_can_read(empty: County, key_file: Path) -> None:
    key_file.chmod(key_file.stat().st_mode | stat.S_IROTH)

    outcome = outcome_of(empty, "serve", **production(key_file))

    assert outcome.code == 2
    assert f"chmod 600 {key_file}" in outcome.err


@pytest.mark.parametrize(
    "arguments", [("results", "--campaign", "x"), ("audit", "verify"), ("worker", "--once"), ("serve",)], ids=" ".join
)
def test_a_database_that_is_not_set_up_gets_a_sentence(empty: County, arguments: tuple[str, ...]) -> None:
    outcome = outcome_of(empty, *arguments)

    assert outcome.code in {1, 2}
    assert "Run: hotspots manage migrate" in outcome.err


@pytest.mark.parametrize("arguments", [("audit", "verify"), ("manage", "migrate"), ("serve",), ("demo",)], ids=" ".join)
def test_a_database_that_is_none_gets_a_sentence_and_is_left_alone(empty: County, arguments: tuple[str, ...]) -> None:
    database = empty.folder / "hotspots.sqlite3"
    database.write_bytes(noise := secrets.token_bytes(8192))
    more = ("--load-only", "--reset") if arguments == ("demo",) else ()

    outcome = outcome_of(empty, *arguments, *more)

    assert outcome.code == 2
    assert outcome.err.startswith("hotspots: The database cannot be used: file is not a database.")
    assert database.read_bytes() == noise


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:1/x"}, "The database cannot be used: connection failed"),
        ({"DATABASE_URL": "postgresql://u:p@127.0.0.1:port/x"}, "DATABASE_URL names no port"),
        ({"DATABASE_URL": "mysql://u:p@127.0.0.1:1/x"}, "DATABASE_URL starts with sqlite: or postgresql:"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/x"}, "The database cannot be used: unable to open database file"),
        ({"HOTSPOTS_DATA_DIR": "/dev/null"}, "The data folder: /dev/null"),
        ({"HOTSPOTS_DATA_DIR": "/dev/null/below"}, "The data folder: /dev/null"),
    ],
    ids=lambda value: "".join(value) if isinstance(value, str) else "",
)
def test_an_environment_that_is_away_gets_a_sentence(empty: County, settings: dict[str, str], says: str) -> None:
    outcome = outcome_of(empty, "audit", "verify", **settings)

    assert outcome.code == 2
    assert outcome.err.startswith(f"hotspots: {says}")


def test_an_address_of_another_machine_is_not_called_a_port_in_use() -> None:
    with pytest.raises(errors.Unavailable, match=r"The address 192\.0\.2\.1 is none of this machine's"):
        check_port("192.0.2.1", free_port())


@pytest.mark.parametrize("more", [(), ("--load-only",), ("--reset",)], ids=" ".join)
def test_the_demonstration_is_not_loaded_or_served_in_production(
    empty: County, key_file: Path, more: tuple[str, ...]
) -> None:
    outcome = outcome_of(empty, "demo", *more, **production(key_file))

    assert outcome.code == 2
    assert outcome.err.startswith("hotspots: HOTSPOTS_ENV is production")
    assert (empty.folder / "hotspots.sqlite3").stat().st_size == 0  # made private, and nothing written


def test_the_demonstration_says_when_its_port_is_taken(empty: County) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        outcome = outcome_of(empty, "demo", "--port", str(port))

    assert outcome.code == 1
    assert f"Port {port} is in use" in outcome.err


def test_the_demonstration_does_not_touch_a_real_county(empty: County) -> None:
    first = ("user", "invite", "--first", "--county", "Elm County", "--organization", "Elm County District Attorney")
    for command in (("manage", "migrate"), first):
        assert outcome_of(empty, *command, HOTSPOTS_ENV="development").code == 0
    before = (empty.folder / "hotspots.sqlite3").read_bytes()

    outcomes = [outcome_of(empty, "demo", "--load-only", *more) for more in ((), ("--reset",))]

    assert [outcome.code for outcome in outcomes] == [1, 1]
    assert all("is the record of Elm County" in outcome.err for outcome in outcomes)
    assert all("HOTSPOTS_DATA_DIR" in outcome.err for outcome in outcomes)
    assert (empty.folder / "hotspots.sqlite3").read_bytes() == before


@pytest.mark.demonstration
def test_the_demonstration_sign_in_is_served_to_this_machine_alone(loaded_county: County) -> None:
    outcome = outcome_of(
        loaded_county,
        *("serve", "--address", "0.0.0.0", "--port", str(free_port())),
        HOTSPOTS_DEMONSTRATION_SIGN_IN="1",
    )

    assert outcome.code == 1
    assert "127.0.0.1" in outcome.err


@pytest.mark.demonstration
def test_a_second_loading_takes_nothing_twice(loaded_county: County) -> None:
    outcome = outcome_of(loaded_county, "demo", "--load-only")

    assert outcome.code == 0
    assert "Loading" not in outcome.out
