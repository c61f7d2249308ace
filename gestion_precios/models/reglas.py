"""A list's rules and the combinations that fire them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from gestion_precios.models.articulos import Articulo, GrupoArticulo, LineaArticulo
from gestion_precios.models.consultas import DeListaQuerySet, ReglasQuerySet, esperar_turno
from gestion_precios.models.historia import HistoriaConMiembros
from gestion_precios.models.listas import ListaPrecio
from gestion_precios.models.texto import DeTextoVisible
from gestion_precios.models.versiones import VersionadoPorLista
from gestion_precios.moneda import cabe


class CombinacionProducto(DeTextoVisible, VersionadoPorLista):
    """Articles that, bought together, fire the rules of their combination."""

    # Who makes the change, when it is not who makes the request.
    _history_user: User

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
    historia = HistoriaConMiembros(verbose_name=_("historia"), m2m_fields=[articulos])

    objects = DeListaQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = _("combinación")
        verbose_name_plural = _("combinaciones")
        ordering = ["lista_precio", "nombre"]

    def __str__(self) -> str:
        return self.nombre


class ReglaPrecio(DeTextoVisible, VersionadoPorLista):
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
