"""The web application, for gunicorn or any other WSGI server: whole before it is asked, so that no reader waits."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iqf.config.settings")
application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402  needs the settings

get_resolver().url_patterns  # noqa: B018  every page is read in
