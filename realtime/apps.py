"""The live board's app."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class RealtimeConfig(AppConfig):
    name = "realtime"
    verbose_name = _("Pedidos no completados")

    def ready(self) -> None:
        # By name: the module needs models, which are not there while this one is imported.
        import_string("realtime.personas.filas.conectar")()
        import_string("realtime.signals.conectar")()
        import_string("realtime.navegacion.conectar")()
