"""Live traffic for a running desk: the demo's takers send lotes through its API, as pages do."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authtoken.models import Token

from core.errores import ErrorDominio
from core.lz import comprimir
from sales.demo.cartera import Cartera
from sales.demo.gente import TOMADORES, gente_de_la_demo
from sales.models import Perfil
from sales.signals import demo_en_marcha

ESPERA = 15


def trafico(url: str, *, lotes: int = 0, cada: float = 4.0) -> Iterator[str]:
    """Send a lote every so many seconds, 0: for ever, and tell of each; somebody answers a card.

    Raises ErrorDominio in produccion, without the demo's people, and where no desk answers.
    """
    if settings.PRODUCCION:
        raise ErrorDominio(_("En producción no hay demostración."), codigo="en_produccion")
    nombres = [persona.usuario for persona in TOMADORES]
    gente = list(gente_de_la_demo().filter(username__in=nombres).order_by("pk"))
    if not gente:
        raise ErrorDominio(
            _("No hay demostración cargada: ./dev up con una base vacía la carga."),
            codigo="sin_demo",
        )
    azar = Random()  # noqa: S311 - demo data, not secrets
    carteras = {usuario.pk: _cartera(usuario, azar) for usuario in gente}
    enviados = 0
    while not lotes or enviados < lotes:
        usuario = azar.choice(gente)
        yield _enviar(url, usuario, carteras[usuario.pk], azar)
        for _receptor, dicho in demo_en_marcha.send(None, azar=azar):
            if dicho:
                yield str(dicho)
        enviados += 1
        if enviados != lotes:
            time.sleep(cada)


def _cartera(usuario: User, azar: Random) -> Cartera:
    perfil = Perfil.objects.select_related("sucursal__empresa").get(usuario=usuario)
    return Cartera(perfil.sucursal, azar)


def _enviar(url: str, usuario: User, cartera: Cartera, azar: Random) -> str:
    texto = cartera.pedidos(azar.randint(1, 4), timezone.localtime())
    cuerpo = {"lote": str(uuid4()), "pedidos": comprimir(texto), "codificacion": "base64"}
    llave, _nueva = Token.objects.get_or_create(user=usuario)
    acuse = _publicar(f"{url.rstrip('/')}/api/pedidos/", cuerpo, llave.key)
    cuantos = len(json.loads(texto))
    return f"{usuario.get_full_name()}: {cuantos} pedidos, lote {acuse['lote']}"


def _publicar(url: str, cuerpo: dict[str, str], llave: str) -> dict[str, Any]:
    peticion = Request(  # noqa: S310 - the desk's own address
        url,
        data=json.dumps(cuerpo).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Token {llave}"},
    )
    try:
        with urlopen(peticion, timeout=ESPERA) as respuesta:  # noqa: S310
            acuse: dict[str, Any] = json.load(respuesta)
            return acuse
    except HTTPError as error:
        raise ErrorDominio(
            _("La mesa respondió {estado}.").format(estado=error.code), codigo="mesa_rechaza"
        ) from error
    except (URLError, OSError) as error:
        raise ErrorDominio(
            _("La mesa no responde en {url}: ¿está ./dev up?").format(url=url), codigo="sin_mesa"
        ) from error
