"""Orders and their lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from gestion_precios.models import MONTO_MAXIMO, ListaPrecio, Sucursal
from sales.models.clientes import Cliente, Producto
from sales.models.consultas import OrdersQuerySet
from sales.models.lotes import LotePedidos
from sales.models.numeracion import siguiente_numero

CANTIDAD_MAXIMA = 1_000_000
TEXTO_ANULACION = 200


class EstadoPedido(models.TextChoices):
    """The codes of the customer's system."""

    CONFIRMADO = "1", _("Confirmado")
    NO_RECOGIDO = "4", _("No recogido")
    CANCELADO = "8", _("Cancelado")
    PENDIENTE = "9", _("Pendiente")
    EN_REVISION = "14", _("En revisión")


def _anulacion_entera(nombre: str) -> models.CheckConstraint:
    """The document's void mark, its time and its author: all three or none."""
    sin = Q(anulado_040=False, anulado_040_fecha__isnull=True, anulado_040_por_gecos__isnull=True)
    con = Q(anulado_040=True, anulado_040_fecha__isnull=False, anulado_040_por_gecos__isnull=False)
    return models.CheckConstraint(condition=sin | con, name=nombre)


class Anulable(models.Model):
    """The void mark of a document or of one of its lines: what, when, by whom and why."""

    anulado_040 = models.BooleanField(_("anulado"), default=False)
    anulado_040_fecha = models.DateTimeField(_("anulado el"), null=True, blank=True)
    # The person's full name as the system knows it: the GECOS field of the customer's servers.
    anulado_040_por_gecos = models.CharField(
        _("anulado por"), max_length=150, null=True, blank=True
    )
    anulado_040_motivo = models.CharField(
        _("motivo de anulación"), max_length=TEXTO_ANULACION, blank=True, default=""
    )

    class Meta:
        abstract = True


class Orders(Anulable):
    """An order of one client: the document's header."""

    pedido_numero = models.BigIntegerField(
        _("número"), unique=True, blank=True, help_text=_("Vacío: el siguiente.")
    )
    pdvobj = models.ForeignKey(
        Cliente, on_delete=models.PROTECT, related_name="pedidos", verbose_name=_("cliente")
    )
    doc_tipo = models.CharField(_("tipo de documento"), max_length=80, default="PEDIDO")
    doc_fecha = models.DateField(_("fecha del documento"))
    doc_numero = models.BigIntegerField(_("número de documento"), default=0)
    # A code of the customer's system, without closed choices: others' orders carry others' codes.
    status = models.CharField(_("estado"), max_length=8, default=EstadoPedido.CONFIRMADO)
    stock_returned = models.BooleanField(_("stock devuelto"), default=False)
    pasado_por_caja_en = models.DateTimeField(_("pasado por caja"), null=True, blank=True)
    loteobj = models.ForeignKey(
        LotePedidos,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pedidos",
        verbose_name=_("lote"),
    )
    sucursal = models.ForeignKey(
        Sucursal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pedidos",
        verbose_name=_("sucursal"),
    )
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pedidos",
        verbose_name=_("usuario"),
    )
    observacion = models.CharField(_("observación"), max_length=500, blank=True, default="")
    capturado_en = models.DateTimeField(_("capturado"), default=timezone.now)
    # The first time that its document was printed, and whose doing that was.
    impreso_en = models.DateTimeField(_("impreso"), null=True, blank=True, editable=False)
    impreso_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("impreso por"),
    )
    # Born with the order where it is taken; the same one is stored once, whatever brings it.
    uuid = models.UUIDField(_("identidad"), unique=True, null=True, blank=True, editable=False)
    # What was sent under it (sales.payload.identidad): whatever becomes of the order later.
    huella_enviada = models.CharField(max_length=64, blank=True, default="", editable=False)

    # What a deed is and whose, for the history; not columns.
    _change_reason: str
    _history_user: Any
    # What deeds change; lotes write past it.
    historia = HistoricalRecords(
        verbose_name=_("historia"),
        use_base_model_db=True,
        excluded_fields=[
            "pdvobj",
            "doc_tipo",
            "doc_fecha",
            "doc_numero",
            "loteobj",
            "sucursal",
            "usuario",
            "observacion",
            "capturado_en",
            "impreso_en",
            "impreso_por",
            "uuid",
            "huella_enviada",
        ],
    )

    objects = OrdersQuerySet.as_manager()

    class Meta:
        verbose_name = _("pedido")
        verbose_name_plural = _("pedidos")
        ordering = ["-pedido_numero"]
        indexes = [
            models.Index(fields=["sucursal", "-pedido_numero"], name="pedido_por_sucursal"),
            models.Index(fields=["usuario", "-pedido_numero"], name="pedido_por_usuario"),
            models.Index(fields=["pdvobj", "-doc_fecha"], name="pedido_por_cliente"),
            models.Index(fields=["status", "-pedido_numero"], name="pedido_por_estado"),
            models.Index(
                # The first column is the same in all: SQLite would take the lote's own index.
                fields=["loteobj", "capturado_en"],
                condition=Q(loteobj__isnull=True),
                name="pedido_sin_lote",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["loteobj", "pdvobj"], name="pedido_unico_en_lote"),
            _anulacion_entera("pedido_anulacion_entera"),
        ]

    def __str__(self) -> str:
        return str(self.pedido_numero)

    def save(self, *args: object, **kwargs: object) -> None:
        """Number the order when it comes without one (admin, other systems)."""
        if getattr(self, "pedido_numero", None) is None:
            self.pedido_numero = siguiente_numero()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature


class OrdersDetail(Anulable):
    """A line of an order, with the price it was sold at and where that price came from."""

    orderobj = models.ForeignKey(
        Orders, on_delete=models.CASCADE, related_name="detalles", verbose_name=_("pedido")
    )
    artobj = models.ForeignKey(
        Producto,
        on_delete=models.PROTECT,
        related_name="lineas_de_pedido",
        verbose_name=_("producto"),
    )
    cantidad_original = models.IntegerField(
        _("cantidad pedida"),
        validators=[MinValueValidator(1), MaxValueValidator(CANTIDAD_MAXIMA)],
    )
    cantidad = models.IntegerField(
        _("cantidad"), validators=[MinValueValidator(0), MaxValueValidator(CANTIDAD_MAXIMA)]
    )
    precio_unitario = models.DecimalField(_("precio unitario"), max_digits=14, decimal_places=2)
    iva_10 = models.DecimalField(_("IVA 10 %"), max_digits=15, decimal_places=2, default=0)
    gravada_10 = models.DecimalField(_("gravada 10 %"), max_digits=15, decimal_places=2, default=0)
    iva_5 = models.DecimalField(_("IVA 5 %"), max_digits=15, decimal_places=2, default=0)
    gravada_5 = models.DecimalField(_("gravada 5 %"), max_digits=15, decimal_places=2, default=0)
    exenta = models.DecimalField(_("exenta"), max_digits=15, decimal_places=2, default=0)
    precio_sistema = models.DecimalField(
        _("precio del sistema"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    lista_precio = models.ForeignKey(
        ListaPrecio,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lista de precios"),
    )
    version_precios = models.CharField(
        _("versión de precios"), max_length=64, blank=True, default=""
    )

    class Meta:
        verbose_name = _("línea de pedido")
        verbose_name_plural = _("líneas de pedido")
        ordering = ["orderobj", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(precio_unitario__range=(0, MONTO_MAXIMO)),
                name="linea_precio_en_rango",
            ),
            models.CheckConstraint(
                condition=Q(cantidad__range=(0, CANTIDAD_MAXIMA)), name="linea_cantidad_en_rango"
            ),
            _anulacion_entera("linea_anulacion_entera"),
        ]

    def __str__(self) -> str:
        return f"{self.artobj_id} × {self.cantidad}"

    @property
    def sistema_distinto(self) -> Decimal | None:
        """The system's price, when the line was sold at another."""
        return self.precio_sistema if self.precio_sistema != self.precio_unitario else None
