"""Links sent by e-mail, where an e-mail server is set up; else the page shows them once, to be handed over."""

import logging
import threading
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
Letter = tuple[str, str, str]
"""To whom, under what subject, and the text."""


def address(request: HttpRequest, path: str) -> str:
    """The whole address of a page: below `IQF_ADDRESS`, else below the host that the reader asked."""
    return f"{settings.IQF_ADDRESS}{path}" if settings.IQF_ADDRESS else request.build_absolute_uri(path)


def letter(to: str, subject: str, template: str, **said: object) -> Letter:
    """A letter, written but not sent."""
    return to, subject, render_to_string(f"staff/mail/{template}.txt", said)


def sent(one: Letter) -> bool:
    """Send a letter; false where no e-mail is set up or it could not be sent, which the log says."""
    if not settings.IQF_MAILS:
        return False
    to, subject, text = one
    try:
        send_mail(subject, text, None, [to])
    except OSError as error:
        logger.warning("An e-mail could not be sent: %s", error)
        return False
    return True


def send_later(letters: Sequence[Letter]) -> threading.Thread:
    """Send letters while the reader has the answer already, so that its time does not tell whether any was sent."""
    posting = threading.Thread(target=lambda: [sent(one) for one in letters])
    posting.start()
    return posting
