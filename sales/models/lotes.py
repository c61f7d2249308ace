"""The lotes that orders arrive in, and the verdict on each order."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gestion_precios.models import Sucursal
from sales.lotes.situacion import Cuenta, EnLaBase, Fila, Situacion, cuenta_de, situacion_de
from sales.models.consultas import ESTADOS_ABIERTOS, LotesQuerySet


class LotePedidos(models.Model):
    """What a browser sent, as received, and how far its processing is. The inbox and the truth."""

    class Estado(models.TextChoices):
        RECIBIDO = "RECIBIDO", _("Recibido")
        PROCESANDO = "PROCESANDO", _("Procesando")
        COMPLETO = "COMPLETO", _("Completo")
        PARCIAL = "PARCIAL", _("Parcial")
        FALLIDO = "FALLIDO", _("Fallido")

    class Codificacion(models.TextChoices):
        BASE64 = "base64", _("Base64")
        UTF16 = "utf16", _("UTF-16")
        URI = "uri", _("URI")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="lotes",
        verbose_name=_("usuario"),
    )
    sucursal = models.ForeignKey(
        Sucursal, on_delete=models.PROTECT, related_name="lotes", verbose_name=_("sucursal")
    )
    codificacion = models.CharField(
        _("codificación"), max_length=8, choices=Codificacion, default=Codificacion.BASE64
    )
    huella = models.CharField(_("huella"), max_length=64)
    version_datos = models.CharField(_("versión de los datos"), max_length=64, blank=True)
    estado = models.CharField(_("estado"), max_length=10, choices=Estado, default=Estado.RECIBIDO)
    codigo = models.CharField(_("código del fallo"), max_length=40, blank=True)
    total = models.PositiveIntegerField(_("pedidos"), default=0)
    guardados = models.PositiveIntegerField(_("guardados"), default=0)
    rechazados = models.PositiveIntegerField(_("rechazados"), default=0)
    recibido_en = models.DateTimeField(_("recibido"), default=timezone.now)
    encolado_en = models.DateTimeField(_("encolado"), null=True, blank=True)
    iniciado_en = models.DateTimeField(_("iniciado"), null=True, blank=True)
    terminado_en = models.DateTimeField(_("terminado"), null=True, blank=True)
    latido_en = models.DateTimeField(_("último latido"), null=True, blank=True)
    intentos = models.PositiveSmallIntegerField(_("intentos"), default=0)
    # The text as received, UTF-8, untrimmed: a text column would refuse NUL and lone surrogates.
    # The last column: SQLite reads through a row's megabytes to get at what stands behind them.
    contenido = models.BinaryField(_("contenido"))

    # Its row of results, once somebody has read it (sales.lotes.filas_tarea); not a column.
    fila: Fila | None = None

    objects = LotesQuerySet.as_manager()

    class Meta:
        verbose_name = _("lote de pedidos")
        verbose_name_plural = _("lotes de pedidos")
        ordering = ["-recibido_en", "id"]
        indexes = [
            models.Index(fields=["sucursal", "-recibido_en"], name="lote_por_sucursal"),
            models.Index(fields=["usuario", "-recibido_en"], name="lote_por_usuario"),
            models.Index(
                fields=["recibido_en"],
                # Without values, so that SQLite too sees when a query is about these.
                condition=Q(terminado_en__isnull=True),
                name="lote_abierto",
            ),
            models.Index(fields=["recibido_en"], name="lote_por_llegada"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def terminado(self) -> bool:
        return self.estado not in ESTADOS_ABIERTOS

    @property
    def cuenta(self) -> Cuenta:
        """How far the lote is, by its own counts and its row of results."""
        return cuenta_de(self._en_la_base(), self.fila)

    @property
    def progreso(self) -> int:
        """How much of it has a verdict, in whole percent."""
        if self.terminado:
            return 100
        hechos, total, _rechazados = self.cuenta
        return 100 * hechos // total if total else 0

    def situacion(self, ahora: datetime) -> Situacion:
        """Where the lote is at this moment."""
        return situacion_de(self._en_la_base(), ahora)

    def _en_la_base(self) -> EnLaBase:
        return EnLaBase(
            estado=self.estado,
            recibido_en=self.recibido_en,
            encolado_en=self.encolado_en,
            latido_en=self.latido_en,
            intentos=self.intentos,
            cuenta=Cuenta(self.guardados + self.rechazados, self.total, self.rechazados),
        )


class ResultadoPedido(models.Model):
    """The verdict on one order of a lote, in the words its taker reads."""

    class Resultado(models.TextChoices):
        GUARDADO = "GUARDADO", _("Guardado")
        # Stored before, by another send of the same order.
        REPETIDO = "REPETIDO", _("Repetido")
        RECHAZADO = "RECHAZADO", _("Rechazado")

    loteobj = models.ForeignKey(
        LotePedidos, on_delete=models.CASCADE, related_name="resultados", verbose_name=_("lote")
    )
    posicion = models.PositiveIntegerField(_("posición"))
    # The key as sent, made printable and cut: it may name no client at all.
    cliente_id = models.CharField(_("cliente enviado"), max_length=120)
    # The order's own id, as sent.
    uuid = models.UUIDField(_("identidad"), null=True, blank=True, editable=False)
    resultado = models.CharField(_("resultado"), max_length=10, choices=Resultado)
    # Saved now or before; of a refused one, the order that has its id.
    orderobj = models.ForeignKey(
        "sales.Orders",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resultados",
        verbose_name=_("pedido"),
    )
    codigo = models.CharField(_("código"), max_length=40, blank=True)
    motivo = models.CharField(_("motivo"), max_length=500, blank=True)
    linea = models.PositiveIntegerField(_("línea"), null=True, blank=True)
    campo = models.CharField(_("campo"), max_length=60, blank=True)
    huella = models.CharField(_("huella"), max_length=64)
    avisos = models.JSONField(_("avisos"), default=list, blank=True)

    class Meta:
        verbose_name = _("resultado de pedido")
        verbose_name_plural = _("resultados de pedidos")
        ordering = ["loteobj", "posicion"]
        constraints = [
            models.UniqueConstraint(fields=["loteobj", "posicion"], name="resultado_unico")
        ]

    def __str__(self) -> str:
        return f"{self.loteobj_id} · {self.cliente_id} · {self.resultado}"
