"""The kernel's tables: how often what lets a user in was ended, and the demo's mark."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sello(models.Model):
    """A user's stamp; no row is 0. What carries another one than this no longer lets anybody in."""

    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="sello",
        verbose_name=_("usuario"),
    )
    valor = models.PositiveIntegerField(_("valor"), default=0)
    cambiado_en = models.DateTimeField(_("cambiado"), auto_now_add=True)

    class Meta:
        verbose_name = _("sello")
        verbose_name_plural = _("sellos")

    def __str__(self) -> str:
        return f"{self.usuario_id}:{self.valor}"


class EstadoDemo(models.Model):
    """What became of the demo in this database: one row; none where nobody loaded or deleted it."""

    UNICA = 1

    cargada = models.BooleanField(_("cargada"))
    cambiada_en = models.DateTimeField(_("cambiada"), auto_now=True)

    class Meta:
        verbose_name = _("estado de la demostración")
        verbose_name_plural = _("estados de la demostración")

    def __str__(self) -> str:
        return str(self.cargada)
