"""The Celery application; its configuration is Django's settings, `CELERY_*`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

app = Celery("carga_pedidos", task_cls="core.procesos.memoria:Tarea")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
