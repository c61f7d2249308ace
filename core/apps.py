"""The domain-free kernel's app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import checks, sentry


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Núcleo")

    def ready(self) -> None:
        checks.registrar()
        sentry.iniciar()
