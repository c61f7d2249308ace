"""The group's articles, by line and by group."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.datos.busqueda import columna_de_busqueda
from gestion_precios.articulos.ean import ean_valido
from gestion_precios.constantes import MONTO_MAXIMO, TasaIva
from gestion_precios.models.consultas import ArticulosQuerySet
from gestion_precios.models.texto import DeTextoVisible
from gestion_precios.models.versiones import Versionado


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
    activo = models.BooleanField(_("activo"), default=True)
    busqueda = models.GeneratedField(
        expression=columna_de_busqueda(
            textos=("descripcion", "prod_marca"), codigos=("codigo", "sku", "codigo_barras")
        ),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("texto de búsqueda"),
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
