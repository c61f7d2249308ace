"""The order desk's app."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.procesos.salud import registrar_comprobacion


class SalesConfig(AppConfig):
    name = "sales"
    verbose_name = _("Carga de pedidos")

    def ready(self) -> None:
        # By name: the module needs models, which are not there while this one is imported.
        registrar_comprobacion("lotes", import_string("sales.lotes.bandeja.lotes_atrasados"))
        registrar = import_string("gestion_precios.personas.alcance.registrar_alcance")
        registrar(import_string("sales.personas.permisos.alcance_de"))
        import_string("sales.personas.filas.conectar")()
        import_string("sales.cambios.registro.conectar")()
        import_string("sales.catalogo.programacion.conectar")()
        import_string("sales.demo.carga.conectar")()
        import_string("sales.navegacion.conectar")()
        import_string("sales.pantalla.parametros.conectar")()
        import_string("sales.personas.vinculos.conectar")()
