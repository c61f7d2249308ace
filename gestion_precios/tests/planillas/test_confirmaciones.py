"""One preview confirmed many times at once: the prices change once, and everybody is told."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.tests.base_real import a_la_vez
from gestion_precios.models import Importacion, PrecioArticulo
from gestion_precios.tests.fabricas import crear_lista, crear_precio_lista
from sales.tests.mesa import Mesa, entrar

pytestmark = pytest.mark.usefixtures("base_real")
VECES = 8


@pytest.mark.parametrize("pestanas", [1, 2])
def test_of_equal_confirmations_sent_at_once_one_is_done(mesa: Mesa, pestanas: int) -> None:
    lista = crear_lista(mesa.asuncion.empresa, nombre="General")
    precio = crear_precio_lista(lista, mesa.articulo, 1_000)
    url = f"/precios/{lista.pk}/importacion/"
    clientes = [entrar(mesa.supervisor) for _vez in range(VECES)]
    contenido = f"codigo;precio\n{mesa.articulo.codigo};2000\n".encode()

    def mirar(numero: int) -> str:
        archivo = SimpleUploadedFile("a.csv", contenido)
        pagina = clientes[numero].post(url, {"archivo": archivo}).content.decode()
        [firma] = re.findall('name="firma" value="([^"]+)"', pagina)
        return str(firma)

    firmas = [mirar(numero) for numero in range(pestanas)]

    def confirmar(numero: int) -> str:
        datos = {"firma": firmas[numero % pestanas]}
        respuesta = clientes[numero].post(url, datos, follow=True)
        assert respuesta.redirect_chain == [(url, 302)]
        [dicho] = re.findall(r"Importado|Esta importación ya se hizo", respuesta.content.decode())
        assert "1 precio cambiado." in respuesta.content.decode()
        return str(dicho)

    assert Counter(a_la_vez(VECES, confirmar)) == {
        "Importado": 1,
        "Esta importación ya se hizo": VECES - 1,
    }
    assert PrecioArticulo.historia.filter(id=precio.pk, history_type="~").count() == 1
    assert Importacion.objects.get().cambiados == 1
