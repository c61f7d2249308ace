"""Companies, the group's articles, and the price lists with their rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.busqueda import columna_de_busqueda
from core.textos import INVISIBLE, con_invisibles
from gestion_precios.constantes import (
    MONTO_MAXIMO,
    PRECIO_MINIMO,
    CanalVenta,
    Moneda,
    TasaIva,
)
from gestion_precios.consultas import (
    ArticulosQuerySet,
    DeListaQuerySet,
    ListasQuerySet,
    PreciosQuerySet,
    ReglasQuerySet,
    esperar_turno,
)
from gestion_precios.ean import ean_valido
from gestion_precios.moneda import cabe
from gestion_precios.versiones import Marcado, MarcadoPorLista, VersionPrecios


class DeTextoVisible(models.Model):
    """A row whose texts are what they look like."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse characters that nobody sees, or that turn the others around."""
        super().clean_fields(exclude=exclude)
        for campo in self._meta.concrete_fields:
            if campo.name in (exclude or ()) or not isinstance(campo, models.CharField):
                continue
            if con_invisibles(getattr(self, campo.attname) or ""):
                raise ValidationError({campo.name: INVISIBLE})


class Empresa(DeTextoVisible):
    """A company; its currency decides the decimals, its timezone the date of a sale."""

    nombre = models.CharField(_("nombre"), max_length=120)
    moneda = models.CharField(_("moneda"), max_length=3, choices=Moneda, default=Moneda.PYG)
    zona_horaria = models.CharField(_("zona horaria"), max_length=64, default="America/Asuncion")

    class Meta:
        verbose_name = _("empresa")
        verbose_name_plural = _("empresas")
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    def clean(self) -> None:
        """Refuse a timezone that nobody knows, and another currency for prices already set."""
        super().clean()
        if self.zona_horaria not in available_timezones():
            raise ValidationError({"zona_horaria": _("No existe esa zona horaria.")})
        propios = PrecioArticulo.objects.filter(lista_precio__empresa=self.pk)
        if self.pk and propios.exclude(lista_precio__empresa__moneda=self.moneda).exists():
            raise ValidationError({"moneda": _("Ya tiene precios en su moneda: no se cambia.")})


class Sucursal(DeTextoVisible):
    """A company's branch; takers, lotes and orders belong to one."""

    empresa = models.ForeignKey(
        Empresa, on_delete=models.CASCADE, related_name="sucursales", verbose_name=_("empresa")
    )
    nombre = models.CharField(_("nombre"), max_length=120)

    class Meta:
        verbose_name = _("sucursal")
        verbose_name_plural = _("sucursales")
        ordering = ["empresa", "nombre"]
        unique_together = [("empresa", "nombre")]

    def __str__(self) -> str:
        return self.nombre


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


class Articulo(DeTextoVisible, Marcado):
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


class ListaPrecio(DeTextoVisible):
    """The prices of a company, or of one branch, for one channel and a span of dates."""

    empresa = models.ForeignKey(
        Empresa, on_delete=models.CASCADE, related_name="listas", verbose_name=_("empresa")
    )
    sucursal = models.ForeignKey(
        Sucursal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="listas",
        verbose_name=_("sucursal"),
        help_text=_("Vacío: vale para toda la empresa."),
    )
    nombre = models.CharField(_("nombre"), max_length=120)
    canal_venta = models.CharField(
        _("canal de venta"), max_length=12, choices=CanalVenta, default=CanalVenta.TODOS
    )
    fecha_inicio_vigencia = models.DateField(_("vigente desde"))
    fecha_fin_vigencia = models.DateField(
        _("vigente hasta"), null=True, blank=True, help_text=_("Inclusive. Vacío: sin fin.")
    )
    activa = models.BooleanField(_("activa"), default=True)
    vencida_en = models.DateTimeField(_("vencida en"), null=True, blank=True, editable=False)
    historia = HistoricalRecords(verbose_name=_("historia"), excluded_fields=["vencida_en"])

    objects = ListasQuerySet.as_manager()

    class Meta:
        verbose_name = _("lista de precios")
        verbose_name_plural = _("listas de precios")
        ordering = ["empresa", "sucursal", "canal_venta", "-fecha_inicio_vigencia"]
        indexes = [
            models.Index(
                fields=["empresa", "canal_venta", "fecha_inicio_vigencia"],
                name="lista_en_vigor",
            )
        ]

    def __str__(self) -> str:
        return self.nombre

    def clean(self) -> None:
        """Refuse inverted dates, a branch of another company, and two lists for the same days."""
        super().clean()
        # Lists and then their company, always in this order.
        esperar_turno(ListaPrecio.objects, self.pk)
        esperar_turno(Empresa.objects, self.empresa_id)
        fin, inicio = self.fecha_fin_vigencia, self.fecha_inicio_vigencia
        if fin and inicio and fin < inicio:
            raise ValidationError({"fecha_fin_vigencia": _("La lista termina antes de empezar.")})
        if self.sucursal and self.sucursal.empresa_id != self.empresa_id:
            raise ValidationError({"sucursal": _("La sucursal es de otra empresa.")})
        otra = ListaPrecio.objects.solapada_con(self) if self.fecha_inicio_vigencia else None
        if otra:
            raise ValidationError(
                _("«%(lista)s» ya rige para el mismo canal y alcance en esas fechas."),
                code="listas_solapadas",
                params={"lista": otra.nombre},
            )

    def vigente_en(self, fecha: date) -> bool:
        """Whether the date is inside the list's validity, both ends included."""
        fin = self.fecha_fin_vigencia
        return self.fecha_inicio_vigencia <= fecha and (fin is None or fecha <= fin)


class PrecioArticulo(MarcadoPorLista):
    lista_precio = models.ForeignKey(
        ListaPrecio, on_delete=models.CASCADE, related_name="precios", verbose_name=_("lista")
    )
    articulo = models.ForeignKey(
        Articulo,
        on_delete=models.CASCADE,
        related_name="precios_de_lista",
        verbose_name=_("artículo"),
    )
    precio_base = models.DecimalField(
        _("precio base"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(PRECIO_MINIMO)],
        help_text=_("IVA incluido."),
    )
    historia = HistoricalRecords(verbose_name=_("historia"))

    objects = PreciosQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("precio de artículo")
        verbose_name_plural = _("precios de artículos")
        ordering = ["lista_precio", "articulo"]
        unique_together = [("lista_precio", "articulo")]
        constraints = [
            models.CheckConstraint(
                condition=Q(precio_base__range=(PRECIO_MINIMO, MONTO_MAXIMO)),
                name="precio_base_en_rango",
            )
        ]

    def __str__(self) -> str:
        return f"{self.articulo_id}: {self.precio_base}"

    def clean(self) -> None:
        """Refuse céntimos of guaraní, and an article priced in another currency elsewhere."""
        super().clean()
        if not (self.lista_precio_id and self.articulo_id and self.precio_base):
            return
        moneda = self.lista_precio.empresa.moneda
        otros = PrecioArticulo.objects.en_otra_moneda(self.articulo_id, moneda)
        self.exigir_moneda(en_otra=otros.exists())

    def unique_error_message(
        self, model_class: type[models.Model], unique_check: Sequence[str]
    ) -> ValidationError:
        """Django's sentence, in words."""
        return ValidationError(
            _("El artículo ya tiene un precio en esta lista."), code="unique_together"
        )

    def exigir_moneda(self, *, en_otra: bool) -> None:
        """The same, by somebody who knows already whether it is priced in another currency."""
        if not cabe(self.precio_base, self.lista_precio.empresa.moneda):
            raise ValidationError({"precio_base": _("Esta moneda no usa esos decimales.")})
        if en_otra:
            raise ValidationError(
                {"articulo": _("Este artículo tiene precios en otra moneda, como su costo.")}
            )


class CombinacionProducto(DeTextoVisible, MarcadoPorLista):
    """Articles that, bought together, fire the rules of their combination."""

    lista_precio = models.ForeignKey(
        ListaPrecio,
        on_delete=models.CASCADE,
        related_name="combinaciones",
        verbose_name=_("lista"),
    )
    nombre = models.CharField(_("nombre"), max_length=120)
    articulos = models.ManyToManyField(
        Articulo, related_name="combinaciones", verbose_name=_("artículos")
    )

    objects = DeListaQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("combinación")
        verbose_name_plural = _("combinaciones")
        ordering = ["lista_precio", "nombre"]

    def __str__(self) -> str:
        return self.nombre


class ReglaPrecio(DeTextoVisible, MarcadoPorLista):
    """A discount (or, negative, a surcharge) of a list, its scope and its condition."""

    class Tipo(models.TextChoices):
        PORCENTAJE = "PORCENTAJE", _("Porcentaje")
        MONTO_FIJO = "MONTO_FIJO", _("Monto fijo por unidad")

    class Condicion(models.TextChoices):
        CANTIDAD_MINIMA = "CANTIDAD_MINIMA", _("Cantidad mínima")
        MONTO_MINIMO = "MONTO_MINIMO", _("Monto mínimo del pedido")

    lista_precio = models.ForeignKey(
        ListaPrecio, on_delete=models.CASCADE, related_name="reglas", verbose_name=_("lista")
    )
    nombre_regla = models.CharField(_("nombre"), max_length=120)
    tipo_regla = models.CharField(_("tipo"), max_length=12, choices=Tipo)
    valor_regla = models.DecimalField(
        _("valor"),
        max_digits=14,
        decimal_places=2,
        help_text=_("Negativo: recargo."),
    )
    condicion = models.CharField(
        _("condición"),
        max_length=16,
        choices=Condicion,
        default=Condicion.CANTIDAD_MINIMA,
    )
    condicion_valor = models.DecimalField(
        _("valor de la condición"),
        max_digits=14,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text=_("0: siempre."),
    )
    aplica_articulo = models.ForeignKey(
        Articulo,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reglas",
        verbose_name=_("artículo"),
    )
    aplica_grupo = models.ForeignKey(
        GrupoArticulo,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reglas",
        verbose_name=_("grupo"),
    )
    aplica_linea = models.ForeignKey(
        LineaArticulo,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reglas",
        verbose_name=_("línea"),
    )
    aplica_combinacion = models.ForeignKey(
        CombinacionProducto,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reglas",
        verbose_name=_("combinación"),
    )
    prioridad = models.IntegerField(
        _("prioridad"),
        default=10,
        validators=[MinValueValidator(-1_000_000), MaxValueValidator(1_000_000)],
        help_text=_("Menor número: antes."),
    )
    permite_venta_bajo_costo = models.BooleanField(_("permite vender bajo costo"), default=False)
    activa = models.BooleanField(_("activa"), default=True)
    historia = HistoricalRecords(verbose_name=_("historia"))

    objects = ReglasQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("regla de precio")
        verbose_name_plural = _("reglas de precio")
        ordering = ["prioridad", "id"]

    def __str__(self) -> str:
        return self.nombre_regla

    def clean(self) -> None:
        """Refuse a combination of another list, a discount over 100 % and an equal rule."""
        super().clean()
        # Rules and then their list, always in this order.
        esperar_turno(ReglaPrecio.objects, self.pk)
        esperar_turno(ListaPrecio.objects, self.lista_precio_id)
        errores: dict[str, Any] = {}
        combo = self.aplica_combinacion
        if combo and combo.lista_precio_id != self.lista_precio_id:
            errores["aplica_combinacion"] = _("La combinación es de otra lista.")
        if self.tipo_regla == self.Tipo.PORCENTAJE and (self.valor_regla or 0) > 100:
            errores["valor_regla"] = _("Un descuento no pasa de 100 %.")
        errores |= self._decimales_de_mas()
        if errores:
            raise ValidationError(errores)
        if ReglaPrecio.objects.iguales_a(self).exists():
            raise ValidationError(_("Ya hay una regla igual en todo."), code="regla_repetida")

    def _decimales_de_mas(self) -> dict[str, Any]:
        """Units are whole, and amounts have the decimals of the list's currency."""
        if not self.lista_precio_id or None in (self.valor_regla, self.condicion_valor):
            return {}
        moneda = self.lista_precio.empresa.moneda
        errores: dict[str, Any] = {}
        if self.tipo_regla == self.Tipo.MONTO_FIJO and not cabe(self.valor_regla, moneda):
            errores["valor_regla"] = _("Esta moneda no usa esos decimales.")
        if self.condicion == self.Condicion.MONTO_MINIMO:
            if not cabe(self.condicion_valor, moneda):
                errores["condicion_valor"] = _("Esta moneda no usa esos decimales.")
        elif self.condicion_valor % 1:
            errores["condicion_valor"] = _("La cantidad mínima es un número entero.")
        return errores


__all__ = [
    "MONTO_MAXIMO",
    "PRECIO_MINIMO",
    "Articulo",
    "CanalVenta",
    "CombinacionProducto",
    "Empresa",
    "GrupoArticulo",
    "LineaArticulo",
    "ListaPrecio",
    "Moneda",
    "PrecioArticulo",
    "ReglaPrecio",
    "Sucursal",
    "TasaIva",
    "VersionPrecios",
]
