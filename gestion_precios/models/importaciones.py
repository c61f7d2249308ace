"""The imports of prices that were done: asking for one again is answered with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gestion_precios.models.listas import ListaPrecio


class Importacion(models.Model):
    """One confirmed preview, written in the transaction that changed the prices.

    `id`: the preview's. `huella`: what it said would happen, by which the same file looked at twice
    is known.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    lista = models.ForeignKey(
        ListaPrecio,
        on_delete=models.CASCADE,
        related_name="importaciones",
        verbose_name=_("lista"),
    )
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("usuario"),
    )
    archivo = models.CharField(_("archivo"), max_length=80)
    huella = models.CharField(_("huella"), max_length=64)
    hecha_en = models.DateTimeField(_("hecha en"), default=timezone.now)
    cambiados = models.PositiveIntegerField(_("precios cambiados"))
    agregados = models.PositiveIntegerField(_("precios agregados"))
    quitados = models.PositiveIntegerField(_("precios quitados"))

    class Meta:
        verbose_name = _("importación de precios")
        verbose_name_plural = _("importaciones de precios")

    def __str__(self) -> str:
        return self.archivo
