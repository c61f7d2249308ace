"""The pricing engine's app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GestionPreciosConfig(AppConfig):
    name = "gestion_precios"
    verbose_name = _("Motor de precios")
