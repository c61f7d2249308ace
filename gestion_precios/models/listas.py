"""The price lists and the prices in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from gestion_precios.constantes import MONTO_MAXIMO, PRECIO_MINIMO, CanalVenta
from gestion_precios.models.articulos import Articulo
from gestion_precios.models.consultas import ListasQuerySet, PreciosQuerySet, esperar_turno
from gestion_precios.models.empresas import Empresa, Sucursal
from gestion_precios.models.texto import DeTextoVisible
from gestion_precios.models.versiones import VersionadoPorLista
from gestion_precios.moneda import cabe


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
                _("«%(lista)s» ya rige para los mismos clientes en esas fechas."),
                code="listas_solapadas",
                params={"lista": otra.nombre},
            )

    def vigente_en(self, fecha: date) -> bool:
        """Whether the date is inside the list's validity, both ends included."""
        fin = self.fecha_fin_vigencia
        return self.fecha_inicio_vigencia <= fecha and (fin is None or fecha <= fin)


class PrecioArticulo(VersionadoPorLista):
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
        """Refuse céntimos of guaraní, and (`en_otra`) an article priced in another currency."""
        if not cabe(self.precio_base, self.lista_precio.empresa.moneda):
            raise ValidationError({"precio_base": _("Esta moneda no usa esos decimales.")})
        if en_otra:
            raise ValidationError(
                {"articulo": _("Este artículo tiene precios en otra moneda, como su costo.")}
            )
