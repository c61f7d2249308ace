"""Housekeeping on beat."""

from celery import shared_task
from django.core.management import call_command

from core.acceso import puerta
from core.procesos import latido, memoria

# The signals of both connect where tasks are loaded.
__all__ = ["clear_sessions", "latido", "memoria"]


@shared_task(name="core.tasks.clear_sessions")
def clear_sessions() -> None:
    """Delete expired sessions, and tries at passwords that count no more."""
    call_command("clearsessions")
    puerta.olvidar_viejas()
