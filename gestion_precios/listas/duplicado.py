"""A list again, with other dates: its prices, its combinations and its rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from gestion_precios.constantes import MONTO_MAXIMO, PRECIO_MINIMO
from gestion_precios.models import CombinacionProducto, ListaPrecio, PrecioArticulo, ReglaPrecio
from gestion_precios.moneda import redondear
from gestion_precios.motor.vigencia import UN_DIA

POR_TANDA = 500


@transaction.atomic
def duplicar_lista(
    *,
    original: ListaPrecio,
    nombre: str,
    inicio: date,
    fin: date | None,
    usuario: User,
    ajuste: Decimal = Decimal(0),
    cerrar_original: bool = False,
) -> ListaPrecio:
    """A list like this one for other dates, each price `ajuste` % higher (negative: lower).

    With `cerrar_original` this one ends the day before the new one starts. Raises ValidationError
    with what the model refuses; then nothing has changed.
    """
    if cerrar_original:
        _cerrar(original, inicio)
    nueva = ListaPrecio(
        empresa=original.empresa,
        sucursal=original.sucursal,
        nombre=nombre,
        canal_venta=original.canal_venta,
        fecha_inicio_vigencia=inicio,
        fecha_fin_vigencia=fin,
    )
    nueva.full_clean()
    nueva.save()
    precios = [
        PrecioArticulo(
            lista_precio=nueva,
            articulo_id=articulo,
            precio_base=_ajustado(precio, ajuste, original.empresa.moneda),
        )
        for articulo, precio in original.precios.order_by("pk").values_list(
            "articulo_id", "precio_base"
        )
    ]
    bulk_create_with_history(precios, PrecioArticulo, batch_size=POR_TANDA, default_user=usuario)
    _copiar_reglas(original, nueva, usuario)
    return nueva


def _cerrar(original: ListaPrecio, inicio: date) -> None:
    fin = inicio - UN_DIA
    if fin < original.fecha_inicio_vigencia:
        raise ValidationError(
            {
                "fecha_inicio_vigencia": _(
                    "Tiene que empezar después del %(dia)s, cuando empieza la original."
                )
                % {"dia": f"{original.fecha_inicio_vigencia:%d/%m/%Y}"}
            }
        )
    if original.fecha_fin_vigencia is None or original.fecha_fin_vigencia > fin:
        original.fecha_fin_vigencia = fin
        original.save(update_fields=["fecha_fin_vigencia"])


def _ajustado(precio: Decimal, ajuste: Decimal, moneda: str) -> Decimal:
    if not ajuste:
        return precio
    nuevo = redondear(precio * (100 + ajuste) / 100, moneda)
    if not PRECIO_MINIMO <= nuevo <= MONTO_MAXIMO:
        raise ValidationError(
            {"ajuste": _("Con ese ajuste algún precio queda en cero o demasiado alto.")}
        )
    return nuevo


def _copiar_reglas(original: ListaPrecio, nueva: ListaPrecio, usuario: User) -> None:
    combos = {}
    for combo in original.combinaciones.prefetch_related("articulos").order_by("pk"):
        copia = CombinacionProducto(lista_precio=nueva, nombre=combo.nombre)
        copia._history_user = usuario
        copia.save()
        copia.articulos.set(combo.articulos.all())
        combos[combo.pk] = copia.pk
    # In firing order: equal priorities are told apart by id.
    reglas = list(original.reglas.order_by("prioridad", "id"))
    for regla in reglas:
        regla.pk = None
        regla._state.adding = True
        regla.lista_precio = nueva
        if regla.aplica_combinacion_id is not None:
            regla.aplica_combinacion_id = combos[regla.aplica_combinacion_id]
    bulk_create_with_history(reglas, ReglaPrecio, batch_size=POR_TANDA, default_user=usuario)
