"""Companies and their branches."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gestion_precios.constantes import Moneda
from gestion_precios.models.texto import DeTextoVisible


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
        if self.pk and self._tiene_precios_en_otra_moneda():
            raise ValidationError({"moneda": _("Ya tiene precios en su moneda: no se cambia.")})

    def _tiene_precios_en_otra_moneda(self) -> bool:
        listas = self.listas.exclude(empresa__moneda=self.moneda)
        return listas.filter(precios__isnull=False).exists()


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
