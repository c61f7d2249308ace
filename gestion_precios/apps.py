"""The pricing engine's app."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class GestionPreciosConfig(AppConfig):
    name = "gestion_precios"
    verbose_name = _("Motor de precios")

    def ready(self) -> None:
        # By name: the module needs models, which are not there while this one is imported.
        import_string("gestion_precios.personas.filas.conectar")()
        import_string("gestion_precios.motor.reglamentos_tocados.conectar")()
        import_string("gestion_precios.navegacion.conectar")()
        import_string("gestion_precios.articulos.choques.registrar")()
        import_string("gestion_precios.personas.palabras.conectar")()
