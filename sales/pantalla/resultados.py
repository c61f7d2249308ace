"""What pages show of a lote's verdicts: the client that was meant, the order if it may be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from sales.models import Cliente, Orders, ResultadoPedido

CLAVE_DE_CLIENTE = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class FilaDeResultado:
    """A verdict, the client that its key names, if it names one, and whether its order may be seen
    by who asks."""

    resultado: ResultadoPedido
    cliente: Cliente | None
    visible: bool


def filas_de_resultados(
    resultados: Iterable[ResultadoPedido], usuario: AbstractBaseUser | AnonymousUser
) -> list[FilaDeResultado]:
    """These verdicts as this person sees them, in two queries."""
    filas = list(resultados)
    pedidos = [fila.orderobj_id for fila in filas if fila.orderobj_id is not None]
    # One stored by somebody else under the same id may be another person's.
    visibles = set(
        Orders.objects.visibles_para(usuario).filter(pk__in=pedidos).values_list("pk", flat=True)
    )
    claves = [int(r.cliente_id) for r in filas if CLAVE_DE_CLIENTE.fullmatch(r.cliente_id)]
    clientes = {str(pk): cliente for pk, cliente in Cliente.objects.in_bulk(claves).items()}
    return [
        FilaDeResultado(fila, clientes.get(fila.cliente_id), fila.orderobj_id in visibles)
        for fila in filas
    ]
