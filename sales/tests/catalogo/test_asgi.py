"""The catalogue's hot answers before Django: only to whom Django just let in, and only the same."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
import redis
from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from rest_framework.authtoken.models import Token

from core.asgi import application
from core.lz import descomprimir
from gestion_precios.models import Sucursal
from sales.catalogo import asgi, memoria
from sales.catalogo.asgi import VIDA, CatalogoDirecto, concesiones
from sales.catalogo.cabeceras import CONCEDIDA
from sales.catalogo.publicacion import save_sales_data
from sales.catalogo.vigente import forma_de
from sales.models import Perfil
from sales.tests.fabricas import crear_cliente, crear_sucursal, crear_usuario

MANIFIESTO = "/api/datos-venta/"
CLIENTES = "/api/datos-venta/clientes/"
Cabeceras = list[tuple[bytes, bytes]]


class Respuesta(NamedTuple):
    estado: int
    cabeceras: dict[str, str]
    cuerpo: bytes


def pedir(
    aplicacion: Any,
    ruta: str = CLIENTES,
    *,
    consulta: str = "",
    metodo: str = "GET",
    otras: Cabeceras | None = None,
    **cabeceras: str,
) -> Respuesta:
    """One request, as an ASGI server hands it on."""
    propias = {"host": "testserver", "cookie": "sessionid=uno"} | cabeceras
    scope = {
        "type": "http",
        "method": metodo,
        "path": ruta,
        "raw_path": ruta.encode(),
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "query_string": consulta.encode(),
        "headers": [
            *((nombre.replace("_", "-").encode(), v.encode()) for nombre, v in propias.items()),
            *(otras or []),
        ],
    }
    mensajes: list[dict[str, Any]] = []

    leido = iter([True])

    async def recibir() -> dict[str, Any]:
        if not next(leido, False):
            await asyncio.Future()
        return {"type": "http.request", "body": b"", "more_body": False}

    async def enviar(mensaje: dict[str, Any]) -> None:
        mensajes.append(mensaje)

    async_to_sync(aplicacion)(scope, recibir, enviar)
    inicio = mensajes[0]
    return Respuesta(
        inicio["status"],
        {n.decode().lower(): v.decode() for n, v in inicio["headers"]},
        b"".join(m.get("body", b"") for m in mensajes[1:]),
    )


class Portero:
    """What stands behind: lets the user read one branch, and counts who came."""

    def __init__(self, sucursal_id: int | None, estado: int = 200) -> None:
        self.sucursal_id = sucursal_id
        self.estado = estado
        self.vistos = 0
        self.mientras: Any = lambda: None

    async def __call__(self, scope: dict[str, Any], _recibir: Any, enviar: Any) -> None:
        self.vistos += 1
        if self.sucursal_id is not None:
            scope[CONCEDIDA] = self.sucursal_id
        self.mientras()
        cabeceras = [
            (b"Cache-Control", b"private, no-cache"),
            (b"X-Frame-Options", b"DENY"),
            (b"Set-Cookie", b"sessionid=otra"),
            (b"ETag", b'"de django"'),
            (b"Content-Length", b"6"),
        ]
        inicio = {"type": "http.response.start", "status": self.estado, "headers": cabeceras}
        await enviar(inicio)
        await enviar({"type": "http.response.body", "body": b"django"})


@pytest.fixture(autouse=True)
def _sin_concesiones() -> Iterator[None]:
    concesiones.revocar()
    yield
    concesiones.revocar()


@pytest.fixture
def sucursal(db: None, redis_servidor: redis.Redis) -> Sucursal:
    sucursal = crear_sucursal()
    crear_cliente("Despensa Ña Cármen 🧉")
    save_sales_data()
    return sucursal


@pytest.fixture
def portero(sucursal: Sucursal) -> Portero:
    return Portero(sucursal.pk)


@pytest.fixture
def directo(portero: Portero, sucursal: Sucursal) -> CatalogoDirecto:
    """Django has just answered once, and the section is in memory."""
    directo = CatalogoDirecto(portero)
    _en_memoria(sucursal)
    assert pedir(directo).cuerpo == b"django"
    return directo


def _en_memoria(sucursal: Sucursal) -> None:
    for forma in ("base64", "base64.gz", "utf16"):
        forma_de(sucursal, "clientes", forma)


class TestAnswers:
    def test_the_second_one_comes_from_memory(
        self, directo: CatalogoDirecto, portero: Portero
    ) -> None:
        respuesta = pedir(directo)

        assert portero.vistos == 1
        assert respuesta.estado == 200
        assert "Ña Cármen 🧉" in descomprimir(respuesta.cuerpo.decode())
        assert respuesta.cabeceras["content-length"] == str(len(respuesta.cuerpo))

    def test_with_djangos_headers_but_for_its_own(self, directo: CatalogoDirecto) -> None:
        cabeceras = pedir(directo).cabeceras

        assert cabeceras["cache-control"] == "private, no-cache"
        assert cabeceras["x-frame-options"] == "DENY"
        assert cabeceras["etag"] != '"de django"'
        assert "set-cookie" not in cabeceras

    @pytest.mark.parametrize("forma", ["{}", "W/{}", '"otra", {}', "*"])
    def test_304(self, directo: CatalogoDirecto, portero: Portero, forma: str) -> None:
        etag = pedir(directo).cabeceras["etag"]
        con_etag = forma.format(etag.removeprefix("W/"))
        respuesta = pedir(directo, if_none_match=con_etag)

        assert (respuesta.estado, respuesta.cuerpo) == (304, b"")
        assert respuesta.cabeceras["etag"] == etag
        assert "content-type" not in respuesta.cabeceras
        assert portero.vistos == 1

    def test_gzip_and_utf16(self, directo: CatalogoDirecto) -> None:
        plana = pedir(directo)
        con_gzip = pedir(directo, accept_encoding="gzip, br")
        utf16 = pedir(directo, consulta="codificacion=utf16")

        assert con_gzip.cabeceras["content-encoding"] == "gzip"
        assert gzip.decompress(con_gzip.cuerpo) == plana.cuerpo
        assert utf16.cabeceras["content-type"] == "text/plain; charset=utf-16le"
        assert descomprimir(utf16.cuerpo.decode("utf-16-le"), "utf16") == descomprimir(
            plana.cuerpo.decode()
        )

    def test_a_new_version_is_no_304(self, directo: CatalogoDirecto) -> None:
        etag = pedir(directo).cabeceras["etag"]
        crear_cliente("Otra")
        save_sales_data()

        assert pedir(directo, if_none_match=etag).estado == 200


class TestGoesToDjango:
    @pytest.mark.parametrize(
        "distinto",
        [
            {"cookie": "sessionid=dos"},
            {"authorization": "Token abc"},
            {"host": "otro"},
            {"x_forwarded_proto": "https"},
            {"consulta": "sucursal=99"},
            {"consulta": "codificacion=uri"},
            {"consulta": "codificacion=utf16&codificacion=base64"},
            {"consulta": "format=api"},
            {"metodo": "HEAD"},
            {"metodo": "POST"},
            {"ruta": "/api/datos-venta/costos/"},
            {"ruta": "/api/datos-venta/clientes"},
            {"ruta": "/api/datos-venta"},
            {"ruta": "/api/pedidos/"},
            {"content_length": "2"},
            {"if_match": '"x"'},
            {"otras": [(b"cookie", b"sessionid=dos")]},
            # The manifest itself is Django's; only its 304 is ours.
            {"ruta": MANIFIESTO},
        ],
        ids=str,
    )
    def test_whatever_is_not_the_same_question(
        self, directo: CatalogoDirecto, portero: Portero, distinto: dict[str, Any]
    ) -> None:
        assert pedir(directo, **distinto).cuerpo == b"django"
        assert portero.vistos == 2

    def test_after_two_seconds(
        self, directo: CatalogoDirecto, portero: Portero, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = time.monotonic
        monkeypatch.setattr(time, "monotonic", lambda: real() + VIDA)

        assert pedir(directo).cuerpo == b"django"

    @pytest.mark.parametrize(("sucursal_id", "estado"), [(None, 200), (1, 403), (1, 404), (1, 429)])
    def test_when_django_did_not_let_in(self, sucursal_id: int | None, estado: int) -> None:
        portero = Portero(sucursal_id, estado)
        directo = CatalogoDirecto(portero)
        pedir(directo)
        pedir(directo)

        assert portero.vistos == 2

    def test_when_the_section_is_not_in_memory(self, portero: Portero) -> None:
        directo = CatalogoDirecto(portero)
        pedir(directo)
        pedir(directo)

        assert portero.vistos == 2

    def test_other_protocols(self, portero: Portero) -> None:
        recibidos: list[str] = []

        async def aplicacion(scope: dict[str, Any], _recibir: Any, _enviar: Any) -> None:
            recibidos.append(scope["type"])

        async_to_sync(CatalogoDirecto(aplicacion))({"type": "lifespan"}, None, None)  # type: ignore[arg-type]  # never called
        assert recibidos == ["lifespan"]


def _cerrar_sesion(_usuario: User, http: Client) -> None:
    http.logout()


def _desactivar(usuario: User, _http: Client) -> None:
    usuario.is_active = False
    usuario.save()


def _sin_sucursal(usuario: User, _http: Client) -> None:
    Perfil.objects.filter(usuario=usuario).delete()


def _sin_token(usuario: User, _http: Client) -> None:
    Token.objects.create(user=usuario).delete()


def _sin_grupo(usuario: User, _http: Client) -> None:
    usuario.groups.clear()


def _otro_grupo(usuario: User, _http: Client) -> None:
    usuario.groups.add(Group.objects.create(name="Otro"))


class TestRevocation:
    @pytest.mark.parametrize(
        "cambio",
        [_cerrar_sesion, _desactivar, _sin_sucursal, _sin_token, _sin_grupo, _otro_grupo],
    )
    def test_a_change_of_who_may_what_ends_it_at_once(
        self, sucursal: Sucursal, portero: Portero, cambio: Any
    ) -> None:
        usuario, http = crear_usuario(sucursal=sucursal), Client()
        http.force_login(usuario)
        directo = CatalogoDirecto(portero)
        _en_memoria(sucursal)
        pedir(directo)
        assert pedir(directo).cuerpo != b"django"

        cambio(usuario, http)

        assert pedir(directo).cuerpo == b"django"

    def test_whatever_ends_credentials_ends_it_when_committed(
        self, sucursal: Sucursal, portero: Portero, django_capture_on_commit_callbacks: Any
    ) -> None:
        usuario, http = crear_usuario(sucursal=sucursal), Client()
        http.force_login(usuario)
        directo = CatalogoDirecto(portero)
        _en_memoria(sucursal)
        pedir(directo)
        with django_capture_on_commit_callbacks(execute=True):
            usuario.groups.get().delete()
            # What Django still saw before the commit.
            pedir(directo)

        assert pedir(directo).cuerpo == b"django"

    def test_an_answer_under_way_concedes_nothing_after_it(
        self, sucursal: Sucursal, portero: Portero
    ) -> None:
        directo = CatalogoDirecto(portero)
        _en_memoria(sucursal)
        portero.mientras = concesiones.revocar
        pedir(directo)
        portero.mientras = lambda: None

        assert pedir(directo).cuerpo == b"django"


@pytest.mark.django_db(transaction=True)
class TestRealApplication:
    """Through everything that a server runs."""

    @pytest.fixture(autouse=True)
    def _sin_prisa(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Time stands still: what Django conceded is believed however slow the machine is."""
        for modulo in (asgi, memoria):
            monkeypatch.setattr(modulo, "time", SimpleNamespace(monotonic=lambda: 100.0))

    @pytest.fixture
    def galleta(self, redis_servidor: redis.Redis) -> str:
        sucursal = crear_sucursal()
        http = Client()
        http.force_login(crear_usuario(sucursal=sucursal))
        save_sales_data()
        return f"{settings.SESSION_COOKIE_NAME}={http.cookies[settings.SESSION_COOKIE_NAME].value}"

    def test_memory_gives_what_django_gave(self, galleta: str) -> None:
        de_django = pedir(application, cookie=galleta)
        de_memoria = pedir(application, cookie=galleta)

        assert (de_django.estado, de_memoria.estado) == (200, 200)
        assert de_memoria.cuerpo == de_django.cuerpo
        sin_galleta = {n: v for n, v in de_django.cabeceras.items() if n != "set-cookie"}
        assert de_memoria.cabeceras == sin_galleta

    def test_304s_are_the_same(self, galleta: str) -> None:
        for ruta in (MANIFIESTO, CLIENTES):
            etag = pedir(application, ruta, cookie=galleta).cabeceras["etag"]
            concesiones.revocar()
            de_django = pedir(application, ruta, cookie=galleta, if_none_match=etag)
            de_memoria = pedir(application, ruta, cookie=galleta, if_none_match=etag)
            assert (de_django.estado, de_memoria.estado) == (304, 304)
            assert set(de_memoria.cabeceras) == set(de_django.cabeceras) - {
                "content-length",
                "set-cookie",
            }

    def test_a_closed_session_reads_nothing_more(self, galleta: str) -> None:
        http = Client()
        http.cookies[settings.SESSION_COOKIE_NAME] = galleta.partition("=")[2]
        assert pedir(application, cookie=galleta).estado == 200
        assert pedir(application, cookie=galleta).estado == 200

        http.logout()

        respuesta = pedir(application, cookie=galleta)
        assert respuesta.estado == 401
        assert json.loads(respuesta.cuerpo)["codigo"] == "not_authenticated"
