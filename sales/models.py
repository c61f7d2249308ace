"""Clients, fallback prices, orders, and the lotes they arrive in."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.busqueda import columna_de_busqueda
from gestion_precios.models import MONTO_MAXIMO, Articulo, CanalVenta, ListaPrecio, Sucursal
from sales.consultas import ESTADOS_ABIERTOS, LotesQuerySet, OrdersQuerySet
from sales.numeracion import Contador, siguiente_numero
from sales.ruc import ruc_correcto

CANTIDAD_MAXIMA = 1_000_000
TEXTO_ANULACION = 200


def validar_ruc(ruc: str) -> None:
    """Validator: raise ValidationError unless the RUC is `base-dv` with the right check digit."""
    if not ruc_correcto(ruc):
        raise ValidationError(
            _("El RUC no es válido: revisar el número y su dígito verificador."), code="ruc"
        )


class Canal(models.Model):
    """The customer's own channel of sale; `canal_venta` is what price lists know it as."""

    nombre = models.CharField(_("nombre"), max_length=120)
    canal_venta = models.CharField(
        _("canal de venta"), max_length=12, choices=CanalVenta, default=CanalVenta.TODOS
    )

    class Meta:
        verbose_name = _("canal")
        verbose_name_plural = _("canales")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class Cliente(models.Model):
    """A shop (punto de venta) that orders are loaded for."""

    ruc = models.CharField(_("RUC"), max_length=120, db_index=True, validators=[validar_ruc])
    nombrefactura = models.CharField(_("razón social"), max_length=300)
    nombrefantasia = models.CharField(_("nombre de fantasía"), max_length=300, blank=True)
    canalobj = models.ForeignKey(
        Canal, on_delete=models.PROTECT, related_name="clientes", verbose_name=_("canal")
    )
    activo = models.BooleanField(_("activo"), default=True)
    busqueda = models.GeneratedField(
        expression=columna_de_busqueda(
            textos=("nombrefantasia", "nombrefactura"), codigos=("ruc",)
        ),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("texto de búsqueda"),
    )

    class Meta:
        verbose_name = _("cliente")
        verbose_name_plural = _("clientes")
        ordering = ["nombrefantasia", "id"]
        indexes = [
            models.Index(fields=["nombrefantasia"]),
            models.Index(fields=["nombrefactura"]),
            models.Index(fields=["activo", "busqueda"], name="cliente_busqueda"),
        ]

    def __str__(self) -> str:
        return self.nombrefantasia or self.nombrefactura


class Producto(Articulo):
    """The sales side's name of an article: same row, same id."""

    class Meta:
        proxy = True
        verbose_name = _("producto")
        verbose_name_plural = _("productos")


class Precios(models.Model):
    """An article's price for a client channel from a date on: what sells where no list does."""

    articuloobj = models.ForeignKey(
        Producto, on_delete=models.CASCADE, related_name="precios", verbose_name=_("producto")
    )
    canalobj = models.ForeignKey(
        Canal, on_delete=models.CASCADE, related_name="precios", verbose_name=_("canal")
    )
    precio = models.DecimalField(
        _("precio"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("IVA incluido."),
    )
    fecha_vigencia = models.DateField(_("vigente desde"))

    class Meta:
        verbose_name = _("precio")
        verbose_name_plural = _("precios")
        ordering = ["articuloobj", "canalobj", "-fecha_vigencia"]
        indexes = [
            models.Index(
                fields=["canalobj", "articuloobj", "-fecha_vigencia"], name="precio_en_vigor"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(precio__range=(0, MONTO_MAXIMO)), name="precio_en_rango"
            )
        ]

    def __str__(self) -> str:
        return f"{self.articuloobj_id} · {self.canalobj_id} · {self.precio}"


class Perfil(models.Model):
    """The branch a user works for; one row for each branch of theirs."""

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="perfiles",
        verbose_name=_("usuario"),
    )
    sucursal = models.ForeignKey(
        Sucursal, on_delete=models.PROTECT, related_name="perfiles", verbose_name=_("sucursal")
    )

    class Meta:
        verbose_name = _("perfil")
        verbose_name_plural = _("perfiles")
        ordering = ["usuario", "sucursal"]
        constraints = [models.UniqueConstraint(fields=["usuario", "sucursal"], name="perfil_unico")]

    def __str__(self) -> str:
        return f"{self.usuario} · {self.sucursal}"


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
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def terminado(self) -> bool:
        return self.estado not in ESTADOS_ABIERTOS

    @property
    def procesados(self) -> int:
        return self.guardados + self.rechazados

    @property
    def progreso(self) -> int:
        """How much of it has a verdict, in whole percent."""
        if self.terminado:
            return 100
        return 100 * self.procesados // self.total if self.total else 0


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


class ResultadoPedido(models.Model):
    """The verdict on one order of a lote, in the words its taker reads."""

    class Resultado(models.TextChoices):
        GUARDADO = "GUARDADO", _("Guardado")
        RECHAZADO = "RECHAZADO", _("Rechazado")

    loteobj = models.ForeignKey(
        LotePedidos, on_delete=models.CASCADE, related_name="resultados", verbose_name=_("lote")
    )
    posicion = models.PositiveIntegerField(_("posición"))
    # The key as sent, made printable and cut: it may name no client at all.
    cliente_id = models.CharField(_("cliente enviado"), max_length=120)
    resultado = models.CharField(_("resultado"), max_length=10, choices=Resultado)
    orderobj = models.ForeignKey(
        Orders,
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


__all__ = [
    "CANTIDAD_MAXIMA",
    "Anulable",
    "Canal",
    "Cliente",
    "Contador",
    "EstadoPedido",
    "LotePedidos",
    "Orders",
    "OrdersDetail",
    "Perfil",
    "Precios",
    "Producto",
    "ResultadoPedido",
]
