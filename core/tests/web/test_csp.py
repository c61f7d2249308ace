"""The headers of every page: what a browser is told it may do."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from core.tests.web.plantillas import CARPETA

pytestmark = pytest.mark.django_db

POLITICA = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
    "media-src": "'self'",
    "worker-src": "'self'",
}


def politica(cabecera: str) -> dict[str, str]:
    return dict(parte.strip().split(" ", 1) for parte in cabecera.split(";") if parte.strip())


def test_the_policy_is_the_strict_one(client: Client) -> None:
    respuesta = client.get(reverse("entrar"))
    assert politica(respuesta["Content-Security-Policy"]) == POLITICA


@pytest.mark.parametrize("ruta", ["/cuentas/entrar/", "/nada/", "/healthz"])
def test_every_answer_carries_the_headers(client: Client, ruta: str) -> None:
    respuesta = client.get(ruta)
    assert politica(respuesta["Content-Security-Policy"]) == POLITICA
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["X-Frame-Options"] == "DENY"
    assert respuesta["Referrer-Policy"] == "same-origin"
    assert respuesta["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "HX-Request" in respuesta["Vary"]


def test_htmx_is_told_how_to_behave(client: Client) -> None:
    pagina = client.get(reverse("entrar")).content.decode()
    meta = re.search(r"name=\"htmx-config\" content='(.*?)'", pagina)
    assert meta is not None
    ajustes = json.loads(meta[1])
    assert ajustes["allowEval"] is False
    assert ajustes["allowScriptTags"] is False
    assert ajustes["includeIndicatorStyles"] is False
    assert ajustes["selfRequestsOnly"] is True
    assert ajustes["historyCacheSize"] == 0
    # A fragment answers from the moment it is seen: by its delay, what a quick hand does is lost.
    assert ajustes["defaultSettleDelay"] == 0
    assert {"code": "422", "swap": True} in ajustes["responseHandling"]


def test_every_htmx_request_of_a_page_carries_its_token(client: Client) -> None:
    respuesta = client.get(reverse("entrar"))
    cabeceras = re.search(r"hx-headers='(.*?)'", respuesta.content.decode())
    assert cabeceras is not None
    assert len(json.loads(cabeceras[1])["X-CSRFToken"]) == 64


def test_the_theme_is_set_before_the_first_style_sheet() -> None:
    fuente = (CARPETA / "base.html").read_text(encoding="utf-8")
    assert fuente.index("js/pagina/tema.js") < fuente.index('rel="stylesheet"')
    guion = re.search(r"<script ([^>]*tema\.js[^>]*)>", fuente)
    assert guion is not None
    assert not re.search(r"\b(defer|async|type)\b", guion[1])


def test_a_fragment_never_becomes_the_login_page(client: Client) -> None:
    respuesta = client.get(reverse("clave"), headers={"HX-Request": "true"})
    assert respuesta.status_code == 401
    assert respuesta["HX-Redirect"] == f"{reverse('entrar')}?next={reverse('clave')}"
    assert respuesta.content == b""


def test_whoever_signs_in_comes_back_to_the_page_not_to_its_fragment(client: Client) -> None:
    pagina = "http://testserver/pedidos/?pagina=2"
    cabeceras = {"HX-Request": "true", "HX-Current-URL": pagina}
    respuesta = client.get(reverse("clave"), headers=cabeceras)
    assert respuesta["HX-Redirect"] == f"{reverse('entrar')}?next=/pedidos/%3Fpagina%3D2"
    de_otra = client.get(
        reverse("clave"), headers=cabeceras | {"HX-Current-URL": "https://otra.example/x"}
    )
    assert de_otra["HX-Redirect"] == f"{reverse('entrar')}?next={reverse('clave')}"


@pytest.mark.parametrize(
    ("anterior", "vuelta"),
    [
        ("http://testserver/pedidos/7/?x=1", "/pedidos/7/%3Fx%3D1"),
        ("https://otra.example/x", "/"),
        ("", "/"),
    ],
)
def test_whoever_sent_a_form_too_late_comes_back_to_its_page(
    client: Client, anterior: str, vuelta: str
) -> None:
    respuesta = client.post(
        reverse("pedido_caja", args=[7]), headers={"Referer": anterior} if anterior else {}
    )
    assert respuesta.status_code == 302
    assert respuesta["Location"] == f"{reverse('entrar')}?next={vuelta}"


def test_a_name_is_only_text(client: Client) -> None:
    usuario = User.objects.create_user("ana", first_name="<script>alert(1)</script>")
    client.force_login(usuario)
    pagina = client.get(reverse("clave")).content.decode()
    assert "<script>alert" not in pagina
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pagina
