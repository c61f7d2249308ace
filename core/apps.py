"""The domain-free kernel's app."""

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core import celery, checks
from core.datos import funciones
from core.procesos import sentry


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Núcleo")

    def ready(self) -> None:
        # For every thread: `shared_task` looks its application up when it is called.
        celery.app.set_default()
        checks.registrar()
        funciones.conectar()
        sentry.iniciar()
        # By name: the module needs models, which are not there while this one is imported.
        import_string("core.signals.conectar")()
        # The library says "Axes"; the people who read the list want to know what it is.
        apps.get_app_config("axes").verbose_name = _("Entradas al sistema")
