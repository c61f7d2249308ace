"""GET /api/datos-venta/: manifest, sections, conditional requests, who may ask."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.authtoken.models import Token

from core.lz import descomprimir
from core.tests.lz.oraculo import Oraculo
from gestion_precios.models import Sucursal
from sales.catalogo import publicacion, vigente
from sales.catalogo.lectura import construir_gart
from sales.catalogo.publicacion import save_sales_data
from sales.catalogo.secciones import SECCIONES
from sales.models import Perfil
from sales.personas.roles import Rol
from sales.tests.fabricas import (
    crear_canal,
    crear_cliente,
    crear_empresa,
    crear_precio,
    crear_producto,
    crear_sucursal,
    crear_usuario,
)

pytestmark = pytest.mark.django_db
MANIFIESTO = "/api/datos-venta/"
CLIENTES = "/api/datos-venta/clientes/"


@pytest.fixture
def sucursal() -> Sucursal:
    sucursal = crear_sucursal()
    canal = crear_canal()
    crear_cliente('Despensa Ña Cármen 🧉 "La 1ª"', canal=canal)
    crear_precio(crear_producto(), canal, 12_500)
    return sucursal


@pytest.fixture
def tomador(sucursal: Sucursal) -> User:
    return crear_usuario(sucursal=sucursal)


@pytest.fixture
def http(tomador: User) -> Client:
    cliente = Client()
    cliente.force_login(tomador)
    return cliente


class TestManifest:
    def test_names_every_section(self, http: Client, sucursal: Sucursal) -> None:
        respuesta = http.get(MANIFIESTO)

        assert respuesta.status_code == 200
        manifiesto = respuesta.json()
        assert set(manifiesto) == {"version", "generado", "secciones"}
        assert manifiesto["version"] == construir_gart(sucursal)["version"]
        assert list(manifiesto["secciones"]) == list(SECCIONES)
        for nombre, seccion in manifiesto["secciones"].items():
            assert set(seccion) == {"url", "etag", "bytes", "sha256"}
            assert seccion["url"] == f"/api/datos-venta/{nombre}/"

    def test_what_it_says_of_a_section_is_true(self, http: Client) -> None:
        for seccion in http.get(MANIFIESTO).json()["secciones"].values():
            respuesta = http.get(seccion["url"])
            texto = descomprimir(respuesta.content.decode("ascii"))
            assert respuesta["ETag"] == seccion["etag"]
            assert len(respuesta.content) == seccion["bytes"]
            assert sha256(texto.encode()).hexdigest() == seccion["sha256"]

    def test_is_the_same_until_something_changes(
        self, http: Client, sucursal: Sucursal, redis_servidor: redis.Redis
    ) -> None:
        primera = http.get(MANIFIESTO)
        assert primera["Cache-Control"] == "private, no-cache"
        assert http.get(MANIFIESTO, headers={"If-None-Match": primera["ETag"]}).status_code == 304

        crear_cliente()
        save_sales_data()
        otra = http.get(MANIFIESTO, headers={"If-None-Match": primera["ETag"]})
        assert otra.status_code == 200
        antes, ahora = primera.json(), otra.json()
        assert ahora["version"] != antes["version"]
        # The client came with a channel of its own.
        cambiadas = {n for n in SECCIONES if ahora["secciones"][n] != antes["secciones"][n]}
        assert cambiadas == {"clientes", "canales", "precios", "reglas"}

    def test_a_branch_named_in_the_question_is_named_in_its_addresses(
        self, http: Client, sucursal: Sucursal
    ) -> None:
        manifiesto = http.get(MANIFIESTO, {"sucursal": sucursal.pk}).json()

        url = manifiesto["secciones"]["clientes"]["url"]
        assert url == f"{CLIENTES}?sucursal={sucursal.pk}"
        assert http.get(url).status_code == 200


class TestSection:
    def test_inflates_to_the_branchs_gart(self, http: Client, sucursal: Sucursal) -> None:
        gart = json.loads(json.dumps(construir_gart(sucursal)))

        for nombre in SECCIONES:
            cuerpo = http.get(f"{MANIFIESTO}{nombre}/").content.decode("ascii")
            assert json.loads(descomprimir(cuerpo)) == {nombre: gart[nombre]}

    def test_inflates_in_javascript_from_both_spellings(
        self, http: Client, sucursal: Sucursal
    ) -> None:
        base64 = http.get(CLIENTES).content.decode("ascii")
        utf16 = http.get(CLIENTES, {"codificacion": "utf16"}).content.decode("utf-16-le")

        with Oraculo() as js:
            textos = js.descomprimir([base64], "base64") + js.descomprimir([utf16], "utf16")
        esperado = {"clientes": json.loads(json.dumps(construir_gart(sucursal)["clientes"]))}
        assert [json.loads(texto or "") for texto in textos] == [esperado, esperado]

    def test_says_what_it_is(self, http: Client) -> None:
        base64 = http.get(CLIENTES)
        utf16 = http.get(CLIENTES, {"codificacion": "utf16"})

        assert base64["Content-Type"] == "text/plain; charset=us-ascii"
        assert utf16["Content-Type"] == "text/plain; charset=utf-16le"
        assert base64["Cache-Control"] == utf16["Cache-Control"] == "private, no-cache"
        assert base64["ETag"] != utf16["ETag"]
        assert {"Accept-Encoding", "Authorization", "Cookie"} <= {
            nombre.strip() for nombre in base64["Vary"].split(",")
        }

    @pytest.mark.parametrize("codificacion", ["base64", "utf16"])
    def test_gzip_is_ready_made_and_gives_the_same_bytes(
        self, http: Client, codificacion: str
    ) -> None:
        plana = http.get(CLIENTES, {"codificacion": codificacion})
        con_gzip = http.get(
            CLIENTES, {"codificacion": codificacion}, headers={"Accept-Encoding": "br, gzip"}
        )

        assert "Content-Encoding" not in plana
        assert con_gzip["Content-Encoding"] == "gzip"
        assert gzip.decompress(con_gzip.content) == plana.content
        assert con_gzip["ETag"] == plana["ETag"]

    def test_gzip_refused_is_not_sent(self, http: Client) -> None:
        respuesta = http.get(CLIENTES, headers={"Accept-Encoding": "gzip;q=0, identity"})

        assert "Content-Encoding" not in respuesta

    @pytest.mark.parametrize("forma", ["{}", "W/{}", '"otra", {}', "*"])
    def test_a_known_etag_is_answered_304(self, http: Client, forma: str) -> None:
        etag = http.get(CLIENTES)["ETag"]
        fuerte = etag.removeprefix("W/")

        respuesta = http.get(CLIENTES, headers={"If-None-Match": forma.format(fuerte)})

        assert respuesta.status_code == 304
        assert respuesta.content == b""
        assert respuesta["ETag"] == etag
        assert respuesta["Cache-Control"] == "private, no-cache"

    def test_the_other_spellings_etag_is_not_a_match(self, http: Client) -> None:
        etag = http.get(CLIENTES)["ETag"]
        respuesta = http.get(CLIENTES, {"codificacion": "utf16"}, headers={"If-None-Match": etag})

        assert respuesta.status_code == 200

    def test_a_section_that_did_not_change_is_still_304_after_another_did(
        self, http: Client, redis_servidor: redis.Redis
    ) -> None:
        etag = http.get(f"{MANIFIESTO}articulos/")["ETag"]
        crear_cliente(canal=crear_canal("Kioscos"))
        save_sales_data()

        respuesta = http.get(f"{MANIFIESTO}articulos/", headers={"If-None-Match": etag})
        assert respuesta.status_code == 304

    def test_head_has_the_headers_alone(self, http: Client) -> None:
        respuesta = http.head(CLIENTES)

        assert respuesta.status_code == 200
        assert respuesta["ETag"] == http.get(CLIENTES)["ETag"]
        assert respuesta.content == b""

    def test_it_comes_whatever_the_client_accepts(self, http: Client) -> None:
        for acepta in ("*/*", "text/html", "application/json", "image/png"):
            assert http.get(CLIENTES, headers={"Accept": acepta}).status_code == 200

    def test_nothing_is_built_or_compressed_when_redis_has_it(
        self,
        http: Client,
        redis_servidor: redis.Redis,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        save_sales_data()

        def nunca(*_args: Any) -> None:
            raise AssertionError("compressed inside a request")

        monkeypatch.setattr(publicacion, "comprimir_formas", nunca)
        monkeypatch.setattr(vigente, "reconstruir", nunca)
        assert http.get(MANIFIESTO).status_code == 200
        assert http.get(CLIENTES).status_code == 200

    def test_a_304_asks_the_database_only_who_it_is(
        self, http: Client, redis_servidor: redis.Redis
    ) -> None:
        etag = http.get(CLIENTES)["ETag"]
        with CaptureQueriesContext(connection) as consultas:
            http.get(CLIENTES, headers={"If-None-Match": etag})

        tablas = [consulta["sql"].split('FROM "')[1].split('"')[0] for consulta in consultas]
        assert tablas == [
            "django_session",
            "auth_user",
            "auth_group",
            "gestion_precios_sucursal",
        ]


class TestWho:
    @pytest.mark.parametrize("url", [MANIFIESTO, CLIENTES])
    def test_without_credentials_401(self, url: str, sucursal: Sucursal) -> None:
        respuesta = Client().get(url)

        assert respuesta.status_code == 401
        assert respuesta.json()["codigo"] == "not_authenticated"

    @pytest.mark.parametrize("url", [MANIFIESTO, CLIENTES])
    def test_a_token_is_enough(self, url: str, tomador: User) -> None:
        token = Token.objects.create(user=tomador)

        respuesta = Client().get(url, headers={"Authorization": f"Token {token.key}"})
        assert respuesta.status_code == 200

    @pytest.mark.parametrize("url", [MANIFIESTO, CLIENTES])
    def test_who_has_no_role_is_told_so(self, url: str) -> None:
        extrano = Client()
        extrano.force_login(User.objects.create_user("extrano"))

        assert extrano.get(url).status_code == 403

    @pytest.mark.parametrize("url", [MANIFIESTO, CLIENTES])
    def test_who_has_no_branch_must_name_one(self, url: str, sucursal: Sucursal) -> None:
        admin = Client()
        admin.force_login(crear_usuario("admin", Rol.ADMIN))

        sin_nombrar = admin.get(url)
        assert sin_nombrar.status_code == 400
        assert sin_nombrar.json()["codigo"] == "falta_sucursal"
        assert admin.get(url, {"sucursal": sucursal.pk}).status_code == 200

    @pytest.mark.parametrize("url", [MANIFIESTO, CLIENTES])
    def test_who_has_several_branches_must_name_one(
        self, url: str, http: Client, tomador: User, sucursal: Sucursal
    ) -> None:
        otra = crear_sucursal(sucursal.empresa, "Ciudad del Este")
        Perfil.objects.create(usuario=tomador, sucursal=otra)

        assert http.get(url).json()["codigo"] == "falta_sucursal"
        assert http.get(url, {"sucursal": otra.pk}).status_code == 200

    @pytest.mark.parametrize("url", [MANIFIESTO, CLIENTES])
    def test_another_companys_branch_does_not_exist(self, url: str, http: Client) -> None:
        ajena = crear_sucursal(crear_empresa("Otra S.A."), "Lima")

        respuesta = http.get(url, {"sucursal": ajena.pk})
        assert respuesta.status_code == 404

    @pytest.mark.parametrize("pedida", ["abc", "-1", "1.5", "%00", "9" * 50])
    def test_a_branch_that_is_no_number(self, http: Client, pedida: str) -> None:
        respuesta = http.get(MANIFIESTO, {"sucursal": pedida})

        assert respuesta.status_code == 400
        assert respuesta.json()["campo"] == "sucursal"


class TestRefusals:
    def test_unknown_section(self, http: Client) -> None:
        assert http.get("/api/datos-venta/costos/").status_code == 404

    def test_unknown_spelling(self, http: Client) -> None:
        respuesta = http.get(CLIENTES, {"codificacion": "uri"})

        assert respuesta.status_code == 400
        assert respuesta.json()["campo"] == "codificacion"

    @pytest.mark.parametrize("url", [MANIFIESTO, CLIENTES])
    def test_it_is_only_read(self, http: Client, url: str) -> None:
        assert http.post(url).status_code in {403, 405}
