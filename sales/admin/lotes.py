"""Admin of lotes and of the verdicts on their orders: evidence, to be read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_celery_results.models import GroupResult, TaskResult

from core.administracion.filas import es_superusuario
from core.administracion.filas_por_empresa import SoloSuperusuarios
from core.administracion.paginas import SoloLectura, enlace_a_lista
from sales.lotes.bandeja import TAREA
from sales.models import LotePedidos, Orders, ResultadoPedido


@admin.register(LotePedidos)
class LotePedidosAdmin(SoloLectura):
    """Lotes; of what came in, its size alone."""

    list_display = (
        "recibido_en",
        "estado",
        "usuario",
        "sucursal",
        "total",
        "guardados",
        "rechazados",
        "identificador",
    )
    list_filter = ("estado", "recibido_en", "codificacion", "sucursal")
    list_select_related = ("sucursal", "usuario")
    search_fields = ("usuario__username", "usuario__first_name", "usuario__last_name")
    claves = {"pk": UUID}
    exclude = ("contenido",)
    readonly_fields = ("tamano", "enlaces")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LotePedidos]:
        """The lotes without the text that came in, but with its size."""
        lotes: QuerySet[LotePedidos] = super().get_queryset(request)
        return lotes.defer("contenido").annotate(bytes=Length("contenido"))

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The lote's page, with the way to its row of results for people who may read it."""
        if kwargs.get("obj") is not None:
            kwargs["obj"].con_fila = es_superusuario(request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("identificador"))
    def identificador(self, obj: LotePedidos) -> str:
        """Enough of it to tell lotes apart."""
        return str(obj.pk)[:8]

    @admin.display(description=_("tamaño"))
    def tamano(self, obj: Any) -> str:
        """The size of what came in."""
        return filesizeformat(obj.bytes)

    @admin.display(description=_("pedidos"))
    def enlaces(self, obj: Any) -> SafeString:
        """The way to what became of it."""
        enlaces = [
            enlace_a_lista(ResultadoPedido, _("Resultados"), loteobj__id__exact=obj.pk),
            enlace_a_lista(Orders, _("Pedidos guardados"), loteobj__id__exact=obj.pk),
        ]
        if getattr(obj, "con_fila", False):
            fila = enlace_a_lista(TaskResult, _("Fila de resultados"), task_id__exact=obj.pk)
            enlaces.append(fila)
        return format_html_join(" · ", "{}", ((enlace,) for enlace in enlaces))


admin.site.unregister(TaskResult)
# Nobody makes groups of tasks here.
admin.site.unregister(GroupResult)


@admin.register(TaskResult)
class FilaDeResultadosAdmin(SoloSuperusuarios, SoloLectura):
    """Celery's rows: which task, who ran it, how it ended; a lote's links its lote.

    Superusers', as the trace on a lote's page: it holds pieces of any company's orders.
    """

    list_display = ("task_name", "lote", "status", "worker", "date_started", "date_done")
    list_filter = ("status", "task_name", "worker", "date_done")
    search_fields = ("task_id", "worker")
    # A lote's page links here.
    enlazados = ("task_id__exact",)
    claves = {"task_id": lambda texto: str(UUID(texto))}
    ordering = ("-date_created",)
    readonly_fields = ("lote",)

    @admin.display(description=_("lote"))
    def lote(self, obj: TaskResult) -> str:
        """The lote that it saved, when it is that task's."""
        if obj.task_name != TAREA:
            return "—"
        ruta = reverse("admin:sales_lotepedidos_change", args=[obj.task_id])
        return format_html('<a href="{}">{}</a>', ruta, obj.task_id[:8])


@admin.register(ResultadoPedido)
class ResultadoPedidoAdmin(SoloLectura):
    """The verdict on each order of a lote."""

    list_display = ("loteobj", "posicion", "cliente_id", "resultado", "orderobj", "motivo")
    list_display_links = ("posicion",)
    list_filter = ("resultado",)
    list_select_related = ("loteobj", "orderobj")
    search_fields = ("cliente_id", "motivo")
    enlazados = ("loteobj__id__exact",)
    claves = {"loteobj_id": UUID}
    # As the table's own index is.
    ordering = ("loteobj_id", "posicion")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResultadoPedido]:
        """Never with the text of the lote."""
        resultados: QuerySet[ResultadoPedido] = super().get_queryset(request)
        return resultados.defer("loteobj__contenido")
