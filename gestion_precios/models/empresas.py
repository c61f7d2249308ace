"""Companies and their branches."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gestion_precios.constantes import Moneda, Pais
from gestion_precios.models.texto import DeTextoVisible
from gestion_precios.paises import pais_de


class Empresa(DeTextoVisible):
    """A company; its currency decides the decimals, its timezone the date of a sale.

    Its country decides which tax numbers clients have; `clean` and `save` say it where nobody did.
    """

    nombre = models.CharField(_("nombre"), max_length=120)
    moneda = models.CharField(_("moneda"), max_length=3, choices=Moneda, default=Moneda.PYG)
    zona_horaria = models.CharField(_("zona horaria"), max_length=64, default="America/Asuncion")
    pais = models.CharField(
        _("país"),
        max_length=2,
        choices=Pais,
        blank=True,
        help_text=_(
            "Decide qué número tributario tienen los clientes."
            " Vacío: el de su moneda o su zona horaria."
        ),
    )

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
        self._decir_pais()
        if self.pk and self._tiene_precios_en_otra_moneda():
            raise ValidationError({"moneda": _("Ya tiene precios en su moneda: no se cambia.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it, with its country."""
        self._decir_pais()
        super().save(*args, **kwargs)

    def _decir_pais(self) -> None:
        if self.pais:
            return
        probable = pais_de(self.moneda, self.zona_horaria)
        self.pais = probable if probable in Pais.values else Pais.PY

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
