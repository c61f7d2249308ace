"""W4: both pickers over 50,000 articles and 20,000 clients; p95 ≤ 50 ms for each kind of query."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
django.setup()

# After setup(): models may be imported from here on.
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from gestion_precios.models import Articulo  # noqa: E402
from sales.benchmarks._taller import base_de_pruebas  # noqa: E402
from sales.models import Cliente  # noqa: E402

ESCALA = 67
VECES = 200
META = 0.050
Consulta = Callable[[int], dict[str, str]]


def main() -> int:
    """Ask each kind of question 200 times through the views; 0 when every p95 meets the goal."""
    with base_de_pruebas():
        call_command("populate_data", escala=ESCALA, verbosity=0)
        navegador = Client()
        navegador.force_login(User.objects.get(username="tomador"))
        print(
            f"W4, pickers over {Articulo.objects.count():,} articles and"
            f" {Cliente.objects.count():,} clients on {connection.vendor}"
        )
        return max(_medir(navegador, *clase) for clase in _clases())


def _clases() -> Iterator[tuple[str, str, Consulta]]:
    azar = random.Random(1)
    articulos = azar.sample(list(Articulo.objects.filter(codigo_barras__isnull=False)), VECES)
    clientes = azar.sample(list(Cliente.objects.filter(activo=True)), VECES)
    a, c = "/pedidos/articulos/", "/pedidos/clientes/"

    def articulo(texto: Callable[[int], str]) -> Consulta:
        return lambda i: {"q": texto(i), "cliente": str(clientes[i].pk)}

    yield "article, a word", a, articulo(lambda i: articulos[i].descripcion[: 1 + i % 6])
    yield (
        "article, two words",
        a,
        articulo(lambda i: f"{articulos[i].descripcion.split()[-1]} {articulos[i].prod_marca[:3]}"),
    )
    yield "article, in a word", a, articulo(lambda i: articulos[i].descripcion[2:6])
    yield "article, none", a, articulo(lambda i: f"{articulos[i].descripcion[:4]}zz")
    yield "article, barcode", a, articulo(lambda i: str(articulos[i].codigo_barras))
    yield "client, a word", c, lambda i: {"q": clientes[i].nombrefactura[: 1 + i % 6]}
    yield "client, RUC", c, lambda i: {"q": clientes[i].ruc}
    yield "client, none", c, lambda i: {"q": f"{clientes[i].nombrefactura[:4]}zz"}


def _medir(navegador: Client, nombre: str, url: str, consulta: Consulta) -> int:
    tiempos = []
    for i in range(VECES):
        empieza = perf_counter()
        respuesta = navegador.get(url, consulta(i), headers={"HX-Request": "true"})
        tiempos.append(perf_counter() - empieza)
        if respuesta.status_code != 200:
            raise AssertionError(f"{url} answered {respuesta.status_code}")
    tiempos.sort()
    mediana, p95 = tiempos[VECES // 2], tiempos[VECES * 95 // 100]
    print(
        f"  {nombre:<20} p50 {mediana * 1e3:5.1f} ms  p95 {p95 * 1e3:5.1f} ms"
        f"  = {p95 / META:.2f} of the goal"
    )
    return 0 if p95 <= META else 1


if __name__ == "__main__":
    sys.exit(main())
