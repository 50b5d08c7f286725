"""The web application, for gunicorn or any other WSGI server: whole before it is asked, so that no reader waits."""

import atexit
import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iqf.config.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402  needs the settings
from django.urls import get_resolver  # noqa: E402

from iqf.web.public.warming import warm  # noqa: E402

get_resolver().url_patterns  # noqa: B018  every page is read in
warm()
connections.close_all()  # each process opens its own
gc.freeze()  # what is read by now stays, so that nobody waits while it is looked through for what may go
atexit.register(gc.unfreeze)
