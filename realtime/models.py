"""Orders that could not be completed, the cards that show them, and what became of each."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gestion_precios.models import Sucursal
from realtime import rules
from sales.models import EstadoPedido, Orders

RESPUESTA_MAXIMA = 2000
# The board of the orders that have no branch.
SIN_SUCURSAL = 0
# Of cards, as `rules.espera_precio` of a row.
EN_REVISION = Q(
    unfulfilled__status=EstadoPedido.EN_REVISION,
    unfulfilled__orderobj__status=EstadoPedido.EN_REVISION,
)


class UnfulfilledOrder(models.Model):
    """An order that could not be completed, with the store's answer.

    `status` has a code of the customer's system (`EstadoPedido`), or another system's.
    """

    class Origen(models.TextChoices):
        REGISTRADO = "REGISTRADO", _("Registrado")
        PRECIO = "PRECIO", _("Precio distinto al enviar")
        GENERADO = "GENERADO", _("Generado al cancelar")

    orderobj = models.ForeignKey(
        Orders,
        on_delete=models.CASCADE,
        related_name="no_completados",
        verbose_name=_("pedido"),
    )
    status = models.CharField(_("estado"), max_length=8, default=EstadoPedido.PENDIENTE)
    store_answer = models.CharField(
        _("respuesta de la tienda"), max_length=RESPUESTA_MAXIMA, null=True, blank=True
    )
    origen = models.CharField(
        _("origen"), max_length=12, choices=Origen, default=Origen.REGISTRADO, editable=False
    )
    creado_en = models.DateTimeField(_("creado"), auto_now_add=True)
    actualizado_en = models.DateTimeField(_("actualizado"), auto_now=True)

    class Meta:
        verbose_name = _("pedido no completado")
        verbose_name_plural = _("pedidos no completados")
        ordering = ["-creado_en", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["orderobj"],
                condition=Q(origen="GENERADO"),
                name="un_no_recogido_generado_por_pedido",
            )
        ]

    # Who is behind this save, for the history; not a column.
    actor: Any = None

    def __str__(self) -> str:
        return f"{self.orderobj_id} · {self.status}"

    @property
    def nombre_del_estado(self) -> str:
        """The code in words, when it is one of the customer's; else the code."""
        return str(dict(EstadoPedido.choices).get(self.status, self.status))

    @property
    def en_revision(self) -> bool:
        """Whether it waits for a decision about its price: so say its code and its order's."""
        return rules.espera_precio(self.status, self.orderobj.status)

    @property
    def respondido(self) -> bool:
        """Whether the store has answered; a blank is no answer."""
        return rules.respondido(self.store_answer)


class RealtimeRecord(models.Model):
    """A card of the board: it exists while it is shown."""

    class Tipo(models.TextChoices):
        ENCUESTA = rules.Tipo.ENCUESTA.value, _("Encuesta")
        CONCILIACION = rules.Tipo.CONCILIACION.value, _("Conciliación")

    unfulfilled = models.OneToOneField(
        UnfulfilledOrder,
        on_delete=models.CASCADE,
        related_name="tarjeta",
        verbose_name=_("no completado"),
    )
    tipo = models.CharField(_("tipo"), max_length=12, choices=Tipo)
    regla = models.CharField(_("regla"), max_length=8)
    ultimo_status = models.CharField(_("último estado visto"), max_length=8)
    tomado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tarjetas_tomadas",
        verbose_name=_("la tiene"),
    )
    tomado_en = models.DateTimeField(_("tomada"), null=True, blank=True)
    creado_en = models.DateTimeField(_("mostrada"), db_index=True)

    class Meta:
        verbose_name = _("tarjeta")
        verbose_name_plural = _("tarjetas")
        ordering = ["creado_en", "id"]

    def __str__(self) -> str:
        return f"{self.unfulfilled_id} · {self.tipo}"


class SoloAgregar(models.QuerySet):
    """Rows that are written once."""

    def update(self, **_campos: Any) -> NoReturn:
        """Never: history is not rewritten."""
        raise TypeError("RealtimeEvent is append-only.")

    def delete(self) -> NoReturn:
        """Never: history stays."""
        raise TypeError("RealtimeEvent is append-only.")

    def de_pedido(self, pedido: Orders) -> Self:
        """An order's history, oldest first."""
        return self.filter(pedido_numero=pedido.pedido_numero).order_by("id")


class RealtimeEvent(models.Model):
    """What happened to a card, when, by which rule and whom; it outlives card, row and order."""

    class Hecho(models.TextChoices):
        MOSTRADA = "MOSTRADA", _("Mostrada")
        RETIRADA = "RETIRADA", _("Retirada")
        CONVERTIDA = "CONVERTIDA", _("Pasó a conciliación")
        TOMADA = "TOMADA", _("Tomada")
        SOLTADA = "SOLTADA", _("Soltada")
        OMITIDA = "OMITIDA", _("Sin tarjeta propia")

    class Motivo(models.TextChoices):
        REGLA = rules.Motivo.REGLA.value, _("Por su regla")
        RESPONDIDO = rules.Motivo.RESPONDIDO.value, _("La tienda respondió")
        ESTADO = rules.Motivo.ESTADO.value, _("Cambió de estado")
        CAJA = rules.Motivo.CAJA.value, _("Pasó por caja")
        STOCK = rules.Motivo.STOCK.value, _("El stock fue devuelto")
        CANCELACION = rules.Motivo.CANCELACION.value, _("El pedido fue cancelado")
        ANULACION = rules.Motivo.ANULACION.value, _("El pedido fue anulado")
        BORRADO = rules.Motivo.BORRADO.value, _("El registro fue borrado")
        ACEPTADO = rules.Motivo.ACEPTADO.value, _("Se aceptó el precio acordado")
        CORREGIDO = rules.Motivo.CORREGIDO.value, _("Se corrigió el precio")
        TIMEOUT = rules.Motivo.TIMEOUT.value, _("Nadie la gestionó en 24 horas")
        PERSONA = rules.Motivo.PERSONA.value, _("Por una persona")

    # Plain keys: what they point to may be gone.
    unfulfilled_id = models.BigIntegerField(_("no completado"), db_index=True)
    pedido_numero = models.BigIntegerField(_("pedido"), db_index=True)
    sucursal = models.ForeignKey(
        Sucursal,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("sucursal"),
    )
    hecho = models.CharField(_("hecho"), max_length=12, choices=Hecho)
    tipo = models.CharField(_("tipo"), max_length=12, choices=RealtimeRecord.Tipo)
    regla = models.CharField(_("regla"), max_length=8, blank=True)
    motivo = models.CharField(_("motivo"), max_length=12, choices=Motivo)
    status = models.CharField(_("estado"), max_length=8)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("usuario"),
    )
    # The name stays when the account goes.
    quien = models.CharField(_("quién"), max_length=150, blank=True)
    creado_en = models.DateTimeField(_("cuándo"), db_index=True)

    objects = SoloAgregar.as_manager()

    class Meta:
        verbose_name = _("hecho del tablero")
        verbose_name_plural = _("hechos del tablero")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pedido_numero} · {self.hecho}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise TypeError("RealtimeEvent is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never: history stays."""
        raise TypeError("RealtimeEvent is append-only.")


class VersionTablero(models.Model):
    """A board's version: one more with each change, in the same transaction as the change."""

    clave = models.BigIntegerField(_("sucursal"), primary_key=True)
    version = models.BigIntegerField(_("versión"), default=0)

    class Meta:
        verbose_name = _("versión del tablero")
        verbose_name_plural = _("versiones del tablero")

    def __str__(self) -> str:
        return f"{self.clave}:{self.version}"


class PreguntaEncuesta(models.Model):
    """A question that the card of an unfulfilled order asks."""

    texto = models.CharField(_("pregunta"), max_length=200)
    orden = models.PositiveSmallIntegerField(_("orden"), default=10)
    obligatoria = models.BooleanField(_("obligatoria"), default=True)
    activa = models.BooleanField(_("activa"), default=True)

    class Meta:
        verbose_name = _("pregunta de la encuesta")
        verbose_name_plural = _("preguntas de la encuesta")
        ordering = ["orden", "id"]

    def __str__(self) -> str:
        return self.texto


class RespuestaEncuesta(models.Model):
    """One of the answers to choose from; a question without any takes free text."""

    pregunta = models.ForeignKey(
        PreguntaEncuesta,
        on_delete=models.CASCADE,
        related_name="respuestas",
        verbose_name=_("pregunta"),
    )
    texto = models.CharField(_("respuesta"), max_length=200)
    orden = models.PositiveSmallIntegerField(_("orden"), default=10)
    pide_detalle = models.BooleanField(
        _("pide un detalle"), default=False, help_text=_("Abre un campo de texto al elegirla.")
    )
    activa = models.BooleanField(_("activa"), default=True)

    class Meta:
        verbose_name = _("respuesta de la encuesta")
        verbose_name_plural = _("respuestas de la encuesta")
        ordering = ["orden", "id"]

    def __str__(self) -> str:
        return self.texto
