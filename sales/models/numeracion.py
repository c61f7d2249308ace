"""Order numbers from a counter row: unique under any number of writers, without gaps."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

PEDIDOS = "pedidos"


class Contador(models.Model):
    """A series of numbers; `valor` is the last one given."""

    nombre = models.CharField(_("nombre"), max_length=40, primary_key=True)
    valor = models.BigIntegerField(_("último número"), default=0)

    class Meta:
        app_label = "sales"
        verbose_name = _("contador")
        verbose_name_plural = _("contadores")

    def __str__(self) -> str:
        return f"{self.nombre}: {self.valor}"


def siguiente_numero() -> int:
    """The next order number."""
    return reservar_numeros(1)[0]


def reservar_numeros(cuantos: int) -> range:
    """Take consecutive order numbers; they come back if the caller's transaction rolls back.

    Orders from elsewhere bring numbers of their own: a counter that meets one goes past them all.
    """
    numeros = _avanzar(cuantos)
    ocupados = apps.get_model("sales", "Orders").objects.filter(
        pedido_numero__range=(numeros[0], numeros[-1])
    )
    if ocupados.exists():
        Contador.objects.filter(nombre=PEDIDOS).update(
            valor=ocupados.model.objects.aggregate(mayor=models.Max("pedido_numero"))["mayor"]
        )
        numeros = _avanzar(cuantos)
    return numeros


def _avanzar(cuantos: int) -> range:
    tabla = connection.ops.quote_name(Contador._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {tabla} (nombre, valor) VALUES (%s, %s)"  # noqa: S608 — our own table
            f" ON CONFLICT (nombre) DO UPDATE SET valor = {tabla}.valor + excluded.valor"
            " RETURNING valor",
            [PEDIDOS, cuantos],
        )
        ultimo: int = cursor.fetchone()[0]
    return range(ultimo - cuantos + 1, ultimo + 1)
