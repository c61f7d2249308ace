"""The group's articles, by line and by group."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.datos.busqueda import columna_de_busqueda
from core.datos.funciones import Clave, EnOrdenDeSignos
from core.texto.normal import clave
from gestion_precios.articulos.ean import ean_valido
from gestion_precios.constantes import MONTO_MAXIMO, TasaIva
from gestion_precios.models.consultas import ArticulosQuerySet, esperar_turno
from gestion_precios.models.texto import DeTextoVisible
from gestion_precios.models.versiones import ARTICULOS, Versionado, VersionPrecios

CODIGOS = {
    "codigo": _("código"),
    "sku": _("SKU"),
    "codigo_barras": _("código de barras"),
}


class LineaArticulo(DeTextoVisible):
    nombre = models.CharField(_("nombre"), max_length=120)

    class Meta:
        verbose_name = _("línea")
        verbose_name_plural = _("líneas")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class GrupoArticulo(DeTextoVisible):
    nombre = models.CharField(_("nombre"), max_length=120)

    class Meta:
        verbose_name = _("grupo")
        verbose_name_plural = _("grupos")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class Articulo(DeTextoVisible, Versionado):
    """What is sold, shared by the group's companies; `sales.Producto` is its proxy."""

    codigo = models.IntegerField(_("código"), unique=True, validators=[MinValueValidator(1)])
    sku = models.CharField(_("SKU"), max_length=60, unique=True)
    prod_marca = models.CharField(_("marca"), max_length=60, blank=True)
    descripcion = models.CharField(_("descripción"), max_length=120)
    linea = models.ForeignKey(
        LineaArticulo,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articulos",
        verbose_name=_("línea"),
    )
    grupo = models.ForeignKey(
        GrupoArticulo,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articulos",
        verbose_name=_("grupo"),
    )
    ultimo_costo = models.DecimalField(
        _("último costo"),
        max_digits=14,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text=_("Piso del precio de venta, en la moneda de sus listas. 0: sin piso."),
    )
    tasa_iva = models.PositiveSmallIntegerField(
        _("tasa de IVA"), choices=TasaIva, default=TasaIva.DIEZ
    )
    codigo_barras = models.CharField(
        _("código de barras"),
        max_length=14,
        null=True,
        blank=True,
        unique=True,
        validators=[ean_valido],
    )
    unidades_por_caja = models.PositiveIntegerField(
        _("unidades por caja"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    activo = models.BooleanField(_("activo"), default=True)
    busqueda = models.GeneratedField(
        expression=columna_de_busqueda(
            "descripcion", "prod_marca", "codigo", "sku", "codigo_barras"
        ),
        output_field=EnOrdenDeSignos(),
        db_persist=True,
        verbose_name=_("texto de búsqueda"),
    )
    clave_sku = models.GeneratedField(
        expression=Clave("sku"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("SKU que se compara"),
    )
    # The same barcode in 12, 13 or 14 figures is the same article.
    clave_barras = models.GeneratedField(
        expression=Clave("codigo_barras"),
        output_field=models.TextField(),
        db_persist=True,
        null=True,
        unique=True,
        verbose_name=_("código de barras que se compara"),
    )

    objects = ArticulosQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("artículo")
        verbose_name_plural = _("artículos")
        ordering = ["codigo"]
        permissions = [("ver_costos", _("Puede ver los costos"))]
        indexes = [
            models.Index(fields=["descripcion"]),
            models.Index(fields=["prod_marca"]),
            models.Index(fields=["activo", "busqueda"], name="articulo_busqueda"),
            models.Index(fields=["clave_sku"], name="articulo_clave_sku"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ultimo_costo__range=(0, MONTO_MAXIMO)), name="articulo_costo_en_rango"
            ),
            models.CheckConstraint(
                condition=Q(tasa_iva__in=TasaIva.values), name="articulo_tasa_iva_conocida"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} · {self.descripcion}"

    def clean(self) -> None:
        """An empty barcode is no barcode: two articles without one are not duplicates."""
        super().clean()
        self.codigo_barras = self.codigo_barras or None
        self._exigir_codigos_propios()

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """Leave `clave_barras` out: the database fills it, and `clean` looked at it."""
        super().validate_unique({*(exclude or ()), "clave_barras"})

    def _exigir_codigos_propios(self) -> None:
        """Refuse a code, SKU or barcode that is new here and already names another article."""
        esperar_turno(VersionPrecios.objects, ARTICULOS)
        guardado = Articulo.objects.filter(pk=self.pk).first()
        antes = guardado.claves() if guardado else {}
        errores = {}
        for campo, propia in self.claves().items():
            otro = Articulo.objects.exclude(pk=self.pk).con_clave(propia).first()
            # What is written alike in the same field is refused by the field itself.
            if otro and antes.get(campo) != propia and getattr(otro, campo) != getattr(self, campo):
                errores[campo] = self._ya_es_de(otro, campo, propia)
        if errores:
            raise ValidationError(errores)

    def claves(self) -> dict[str, str]:
        """Its code, SKU and barcode as they are compared, by field."""
        return {campo: clave(str(getattr(self, campo) or "")) for campo in CODIGOS}

    def _ya_es_de(self, otro: Articulo, campo: str, propia: str) -> ValidationError:
        suyo = next(nombre for nombre, su_clave in otro.claves().items() if su_clave == propia)
        return ValidationError(
            _("«%(texto)s» ya es el %(que)s de «%(otro)s»: al buscarlo no se sabría cuál es."),
            code="codigo_de_otro",
            params={
                "texto": getattr(self, campo),
                "que": CODIGOS[suyo],
                "otro": str(otro),
            },
        )
