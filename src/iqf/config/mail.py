"""Where e-mail goes, from one address: `EMAIL_URL`."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_settings() -> dict[str, Any]:
    """Django's settings for `smtp://`, `smtp+tls://` or `smtps://user:password@host:port`, `console:`, or none:
    then nothing is sent, and links are shown once to be handed over.
    """
    url = os.environ.get("EMAIL_URL", "")
    common = {
        "DEFAULT_FROM_EMAIL": os.environ.get("IQF_MAIL_FROM", "iqf@localhost"),
        "EMAIL_TIMEOUT": 10,
    }
    if not url:
        return {**common, "EMAIL_BACKEND": NOWHERE}
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {**common, "EMAIL_BACKEND": CONSOLE}
    if parts.scheme not in PORTS or not parts.hostname:
        raise SystemExit("EMAIL_URL must be smtp://, smtp+tls:// or smtps:// with a host, or console:")
    return {
        **common,
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
