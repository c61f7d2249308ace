"""ASGI entry point."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from core.cuerpo import CuerpoLimitado

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

application = CuerpoLimitado(get_asgi_application(), settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
