"""The command line as a person starts it: a process of its own, with a home folder of its own."""

import json
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import pytest
from tests import homes
from tests.homes import IQF, commanded, environment, run

from iqf.cli.main import main


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """A home folder with the starter in it. Tests that write make their own copy."""
    return shutil.copytree(homes.loaded(tmp_path_factory), tmp_path_factory.mktemp("loaded") / "home")


@pytest.fixture(scope="session")
def one_role(tmp_path_factory):
    """A home folder with one role in it."""
    base = tmp_path_factory.mktemp("one-role")
    (base / "small/documents").mkdir(parents=True)
    (base / "small/documents/roles.csv").write_text("role_id,title\nrider,Rider\n")
    done = run(base / "home", "ingest", "starter", base / "small", "--collection", "small")
    assert done.returncode == 0, done.stderr
    return base / "home"


@pytest.fixture
def small(one_role, tmp_path):
    """A copy of that home folder, to spoil."""
    return shutil.copytree(one_role, tmp_path / "home")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_before_anything_is_loaded_one_sentence_says_what_to_do_and_nothing_is_made(tmp_path):
    home = tmp_path / "home"
    done = run(home, "show", "playworker")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"iqf: There are no data in {home} yet; begin with: iqf ingest starter\n"
    assert not home.exists()


def test_a_migrated_home_without_data_says_the_same(tmp_path):
    home = tmp_path / "home"
    assert run(home, "migrate").returncode == 0
    done = run(home, "quality", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["title"].startswith("There are no data in")


def test_the_signing_key_is_the_owners_alone(small):
    assert mode(small / "secret_key") == 0o600
    assert len((small / "secret_key").read_text()) > 40


def test_the_data_folder_may_be_named_before_or_after_the_command(small, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    for arguments in (["--data-dir", small, "show", "rider"], ["show", "rider", "--data-dir", small]):
        done = run(elsewhere, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Rider\n")
    assert not elsewhere.exists()


def test_data_of_another_version_are_told_apart_from_a_fault(small):
    with sqlite3.connect(small / "iqf.sqlite3") as database:
        database.execute("ALTER TABLE catalogue_role DROP COLUMN status_note")
    database.close()
    done = run(small, "show", "rider")
    assert done.returncode == 2
    assert (
        done.stderr == "iqf: The data were made by another version of iqf; bring them up to date with: iqf migrate\n"
    )


def test_a_database_that_is_none_is_one_sentence(tmp_path):
    (tmp_path / "iqf.sqlite3").write_bytes(b"not a database at all" * 100)
    done = run(tmp_path, "show", "rider")
    assert done.returncode in (1, 2)
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_reading_is_no_fault(loaded):
    process = subprocess.Popen(
        [*IQF, "coverage", "common-core-2005", "--by", "unit", "--json"],
        env=environment(loaded),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() in (0, -signal.SIGPIPE)


def test_whoever_calls_it_keeps_their_own_signals(capsys):
    before = signal.getsignal(signal.SIGPIPE)
    assert main(["--no-such-option"]) == 2
    assert signal.getsignal(signal.SIGPIPE) == before


def test_nothing_but_the_answer_is_printed(loaded):
    done = run(loaded, "overlap", "500/9170/0", "500/8887/7", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["shared_units"]) == 48


HEAVY = {
    "numpy",
    "scipy",
    "sklearn",
    "pandas",
    "pyarrow",
    "duckdb",
    "ibis",
    "tantivy",
    "rapidfuzz",
    "openpyxl",
    "altair",
}
LOADED = """
import sys
from iqf.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("", *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "needs", "most"),
    [
        (["--version"], set(), 30),
        (["topup", "--held", "Q001", "--for", "childminder", "--json"], {"numpy", "scipy"}, 210),
    ],
)
def test_a_command_loads_only_what_it_uses(loaded, words, needs, most):
    command = [sys.executable, "-c", LOADED, *words]
    done = subprocess.run(command, env=environment(loaded), capture_output=True, text=True, check=True)
    modules = done.stderr.split()
    assert {name.partition(".")[0] for name in modules} & HEAVY == needs
    ours = [name for name in modules if name.startswith("iqf.")]
    assert len(ours) <= most
    assert ("django" in modules) == bool(needs)


def test_a_search_builds_its_index_once_and_finds(loaded):
    for _ in range(2):
        done = run(loaded, "search", "playworker")
        assert (done.returncode, done.stderr) == (0, "")
        assert "Playworker" in done.stdout


def test_a_password_is_read_from_a_file_and_a_name_is_taken_once(small, tmp_path):
    file = tmp_path / "password"
    file.write_text("correct horse battery\n")
    assert run(small, "user", "ann", "--password-file", file).returncode == 0
    again = run(small, "user", "ann", "--password-file", file)
    assert (again.returncode, again.stderr) == (2, 'iqf: There is a user "ann" already.\n')


@pytest.mark.parametrize(
    ("text", "said"),
    [("short", "fewer than 10 characters"), (None, "password"), (b"\xff\xfe\x80", "password")],
)
def test_a_password_file_that_will_not_do(small, tmp_path, text, said):
    file = tmp_path / "password"
    if isinstance(text, bytes):
        file.write_bytes(text)
    elif text:
        file.write_text(text)
    done = run(small, "user", "bob", "--password-file", file)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_port_in_use_is_said_before_anything_is_made(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(tmp_path / "home", "demo", "--no-browser", "--port", port)
    assert done.returncode == 2
    assert done.stderr == f"iqf: Port {port} cannot be used; choose another with --port or PORT=.\n"
    assert not (tmp_path / "home").exists()


def test_a_port_from_the_environment_that_is_no_number(tmp_path):
    done = subprocess.run(
        [*IQF, "demo", "--no-browser"],
        env={**environment(tmp_path / "home"), "PORT": "eighty"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "eighty" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_serves_and_makes_its_accounts_once(loaded):
    """Twice over one home: the site answers, and the sign-ins are the same."""
    seen = []
    for _ in range(2):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [*IQF, "demo", "--no-browser", "--workers", "1", "--port", str(port)],
            env=environment(loaded),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            said = []
            while not said or not said[-1].startswith("Data live in"):
                line = process.stdout.readline()
                assert line, "".join(said)
                said.append(line)
            seen.append([line for line in said if ".demo" in line or "password" in line])
            assert answers(f"http://127.0.0.1:{port}/", process)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/search?q=nurse") as searched:
                html = searched.read().decode()
            assert "Nursery nurse" in html
            assert "not found yet" not in html, "the snapshot is not of what is served"
            assert letting_in(f"http://127.0.0.1:{port}", loaded) == ["staff", "editor", "administrator2"]
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()
    assert seen[0][1:] == seen[1][1:]
    assert seen[0][0].split()[-1] == seen[1][0].split()[-1]
    roles = ("contributor", "editor", "reviewer", "administrator")
    names = ["staff", *roles, *(f"{role}2" for role in roles)]
    assert [line.split()[0] for line in seen[0][1:]] == [f"{name}.demo" for name in names]
    bodies = [line.removesuffix("\n").removesuffix(", with a portfolio") for line in seen[0][2:]]
    assert [line.split()[-1] for line in bodies] == ["NCFE"] * 4 + ["Care"] * 4
    assert seen[0][0].split()[-1] == (loaded / "demo_accounts.txt").read_text().strip()
    assert mode(loaded / "demo_accounts.txt") == 0o600


def test_what_is_served_lets_no_account_of_the_demo_in_and_every_other(tmp_path_factory, tmp_path):
    """From the very data of a demo."""
    home = shutil.copytree(homes.shown(tmp_path_factory), tmp_path / "home")
    (tmp_path / "password").write_text("correct horse battery")
    assert run(home, "user", "ann", "--password-file", tmp_path / "password").returncode == 0
    with commanded(home, "serve") as address:
        assert letting_in(address, home) == []
        assert signs_in(address, "ann", "correct horse battery")


def letting_in(address, home):
    """Which of three accounts of the demo a site lets in."""
    shared = (home / "demo_accounts.txt").read_text().strip()
    return [role for role in ("staff", "editor", "administrator2") if signs_in(address, f"{role}.demo", shared)]


def signs_in(address, name, password):
    """Whether a name and a password open the staff pages, as a browser would send them."""
    jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    form = jar.open(f"{address}/staff/sign-in").read().decode()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    sent = urllib.parse.urlencode({"username": name, "password": password, "csrfmiddlewaretoken": token}).encode()
    try:
        return "Signed in as" in jar.open(f"{address}/staff/sign-in", sent).read().decode()
    except urllib.error.HTTPError as error:
        if error.code == 422:
            return False
        raise


def answers(address, process):
    """Ask until the server listens; a server that has ended never will."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address) as response:
                return response.status == 200
        except ConnectionError:
            continue
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
    return False


def test_where_nothing_can_be_written_one_line_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    done = run(tmp_path / "file" / "home", "ingest", "starter")
    assert done.returncode in (1, 2)
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
