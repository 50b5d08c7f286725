"""A real browser on a real server: its own database in its own folder, built once for each worker."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BUILD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from iqf.exchange.sources.starter.ingest import ingest
ingest(by="tests")
"""


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a server over the packaged starter; it ends with the session."""
    home = tmp_path_factory.mktemp("site")
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    given = {**kept, "IQF_HOME": str(home), "DJANGO_SETTINGS_MODULE": "iqf.config.settings", "PYTHONPATH": "src"}
    subprocess.run([sys.executable, "-c", BUILD], env=given, check=True, capture_output=True)
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "iqf.config.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "4"]
    with (home / "log").open("w") as log, subprocess.Popen(command, env=given, stdout=log, stderr=log) as server:
        try:
            yield _ready(f"http://127.0.0.1:{port}", server, home / "log")
        finally:
            server.terminate()


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _ready(address, server, log):
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/about", timeout=5).close()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
        else:
            return address
    raise RuntimeError(f"The site did not start: {log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium. Missing is a failure that says what to install, never a silent skip."""
    if not shutil.which(CHROMIUM):
        pytest.fail("There is no browser: install Debian's chromium (apt-get install chromium).")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(params=[1280, 375])
def page(request, browser):
    """A fresh page, on a desk and on a phone."""
    fresh = browser.new_page(viewport={"width": request.param, "height": 900})
    fresh.emulate_media(reduced_motion="reduce")
    yield fresh
    fresh.close()


@pytest.fixture
def bare(browser):
    """A page with scripts turned off."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
