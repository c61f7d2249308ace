"""The environment: defaults that need nothing, nonsense that stops the boot."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from core.checks import proxies_sin_nombre
from core.entorno import leer_entorno
from core.entrada.direcciones import leer_redes

VARIABLES = [
    "ENTORNO",
    "DEBUG",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DATA_DIR",
    "DATABASE_URL",
    "REDIS_URL",
    "HOST",
    "PORT",
    "WEB_CONCURRENCY",
    "CELERY_CONCURRENCY",
    "TRABAJADOR_MEMORIA_MIB",
    "SENTRY_DSN",
    "PROXIES_DE_CONFIANZA",
    "REDES_DE_PROXIES",
    "TRABAJADOR_DE_SERVICIO",
    "ESTATICOS_CON_HUELLA",
    "EMAIL_URL",
    "EMAIL_DESDE",
]


@pytest.fixture
def ajustes(settings: Settings) -> Settings:
    return settings


@pytest.fixture(autouse=True)
def _sin_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for nombre in VARIABLES:
        monkeypatch.delenv(nombre, raising=False)


def test_without_any_variable_everything_lives_under_data_dir(tmp_path: Path) -> None:
    entorno = leer_entorno(tmp_path)
    datos = tmp_path / "var"
    assert (entorno.produccion, entorno.debug, entorno.port) == (False, True, 8000)
    assert entorno.data_dir == datos
    assert datos.stat().st_mode & 0o777 == 0o700
    assert entorno.database_url == f"sqlite:///{datos}/db.sqlite3"
    assert entorno.allowed_hosts == ["localhost", "127.0.0.1", "[::1]", "testserver"]
    assert entorno.broker_url == f"redis+socket://{entorno.redis_socket}?virtual_host=0"
    assert entorno.datos_url == f"unix://{entorno.redis_socket}?db=1"


@pytest.mark.parametrize(
    ("variables", "con_huella", "servicio"),
    [
        ({}, False, True),
        ({"ESTATICOS_CON_HUELLA": "si", "TRABAJADOR_DE_SERVICIO": "false"}, True, False),
        ({"ENTORNO": "produccion", "SECRET_KEY": "x", "ALLOWED_HOSTS": "a"}, True, True),
    ],
)
def test_files_are_hashed_in_produccion_and_the_service_worker_is_on_unless_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    con_huella: bool,
    servicio: bool,
) -> None:
    for nombre, valor in variables.items():
        monkeypatch.setenv(nombre, valor)
    entorno = leer_entorno(tmp_path)
    assert (entorno.estaticos_con_huella, entorno.trabajador_de_servicio) == (con_huella, servicio)


def test_the_development_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    primera = leer_entorno(tmp_path).secret_key
    assert len(primera) > 50
    assert leer_entorno(tmp_path).secret_key == primera
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert primera not in repr(leer_entorno(tmp_path))


def test_env_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PORT=8123\nWEB_CONCURRENCY=3\n")
    monkeypatch.setenv("PORT", "9001")
    # read_env() writes into os.environ: let monkeypatch forget it afterwards.
    monkeypatch.setenv("WEB_CONCURRENCY", "")
    monkeypatch.delenv("WEB_CONCURRENCY")
    entorno = leer_entorno(tmp_path)
    assert (entorno.port, entorno.web_concurrency) == (9001, 3)
    os.environ.pop("WEB_CONCURRENCY", None)


def test_a_long_data_dir_gets_a_short_socket_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets = []
    for nombre in ("a", "b"):
        monkeypatch.setenv("DATA_DIR", str(tmp_path / ("x" * 100) / nombre))
        sockets.append(leer_entorno(tmp_path).redis_socket)
    assert sockets[0] != sockets[1]
    assert all(len(str(socket)) <= 100 for socket in sockets)


@pytest.mark.parametrize(
    ("url", "datos"),
    [
        ("redis://cola:6379", "redis://cola:6379/1"),
        ("redis://cola:6379/0", "redis://cola:6379/1"),
        (
            "rediss://u:p@cola:6380/4?ssl_cert_reqs=none",
            "rediss://u:p@cola:6380/5?ssl_cert_reqs=none",
        ),
    ],
)
def test_catalogue_and_cache_use_the_data_base_next_to_the_brokers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, datos: str
) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    entorno = leer_entorno(tmp_path)
    assert (entorno.broker_url, entorno.datos_url) == (url, datos)


@pytest.mark.parametrize(
    ("variables", "nombrada"),
    [
        ({"ENTORNO": "prod"}, "ENTORNO"),
        ({"DEBUG": "quizás"}, "DEBUG"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "ocho"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"CELERY_CONCURRENCY": "-1"}, "CELERY_CONCURRENCY"),
        ({"TRABAJADOR_MEMORIA_MIB": "64"}, "TRABAJADOR_MEMORIA_MIB"),
        ({"TRABAJADOR_DE_SERVICIO": "apagado"}, "TRABAJADOR_DE_SERVICIO"),
        ({"ESTATICOS_CON_HUELLA": "quizás"}, "ESTATICOS_CON_HUELLA"),
        ({"PROXIES_DE_CONFIANZA": "-1"}, "PROXIES_DE_CONFIANZA"),
        ({"PROXIES_DE_CONFIANZA": "10"}, "PROXIES_DE_CONFIANZA"),
        ({"REDES_DE_PROXIES": "10.0.0.5"}, "PROXIES_DE_CONFIANZA says how many"),
        ({"PROXIES_DE_CONFIANZA": "1", "REDES_DE_PROXIES": "proxy"}, "REDES_DE_PROXIES"),
        ({"PROXIES_DE_CONFIANZA": "1", "REDES_DE_PROXIES": "10.0.0.5/8"}, "REDES_DE_PROXIES"),
        ({"PROXIES_DE_CONFIANZA": "1", "REDES_DE_PROXIES": "::1,0.0.0.0/0"}, "REDES_DE_PROXIES"),
        ({"ENTORNO": "produccion"}, "SECRET_KEY"),
        ({"ENTORNO": "produccion", "SECRET_KEY": "x"}, "ALLOWED_HOSTS"),
        (
            {"ENTORNO": "produccion", "SECRET_KEY": "x", "ALLOWED_HOSTS": "a", "DEBUG": "1"},
            "DEBUG",
        ),
    ],
)
def test_nonsense_stops_the_boot_naming_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], nombrada: str
) -> None:
    for nombre, valor in variables.items():
        monkeypatch.setenv(nombre, valor)
    with pytest.raises(ImproperlyConfigured, match=nombrada):
        leer_entorno(tmp_path)


def _manage(tmp_path: Path, *args: str, **variables: str) -> subprocess.CompletedProcess[str]:
    limpio = {k: v for k, v in os.environ.items() if k not in VARIABLES}
    return subprocess.run(
        [sys.executable, "manage.py", *args],
        cwd=settings.BASE_DIR,
        env=limpio | {"DATA_DIR": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


PRODUCCION = {
    "ENTORNO": "produccion",
    "SECRET_KEY": "una-clave-de-prueba-larga-y-variada-0123456789-abcdefghijklmnñop",
    "ALLOWED_HOSTS": "pedidos.example.com",
}


def test_the_deploy_check_finds_nothing_in_production(tmp_path: Path) -> None:
    hecho = _manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCCION)
    assert hecho.returncode == 0, hecho.stderr
    assert "no issues" in hecho.stdout


def test_secure_cookies_and_hsts_apply_in_production_only(tmp_path: Path) -> None:
    codigo = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    )
    produccion = _manage(tmp_path, "shell", "--no-imports", "-c", codigo, **PRODUCCION)
    assert produccion.stdout.strip() == "__Host-sesion __Host-csrf True True 31536000"
    desarrollo = _manage(tmp_path, "shell", "--no-imports", "-c", codigo)
    assert desarrollo.stdout.strip() == "sessionid csrftoken False False 0"


@pytest.mark.parametrize(
    ("host", "proxies", "redes", "avisos"),
    [
        ("0.0.0.0", 1, "", ["core.W002"]),
        ("10.0.0.8", 2, "", ["core.W002"]),
        ("10.0.0.8", 1, "10.0.0.5", []),
        ("0.0.0.0", 0, "", []),
        ("127.0.0.1", 1, "", []),
        ("::1", 1, "", []),
    ],
)
def test_proxies_that_are_believed_from_afar_have_names(
    ajustes: Settings, host: str, proxies: int, redes: str, avisos: list[str]
) -> None:
    ajustes.ENTORNO = replace(settings.ENTORNO, host=host)
    ajustes.PROXIES_DE_CONFIANZA = proxies
    ajustes.REDES_DE_PROXIES = leer_redes([redes] if redes else [])
    assert [aviso.id for aviso in proxies_sin_nombre()] == avisos


def test_an_unknown_price_policy_stops_the_boot(tmp_path: Path) -> None:
    hecho = _manage(tmp_path, "check", PEDIDOS_PRECIO_DISTINTO="regalar")
    assert hecho.returncode == 1
    assert "core.E001" in hecho.stderr


@pytest.mark.parametrize(
    ("url", "puerto"),
    [
        ("smtp+tls://ana%40x.com:clave@correo.x.com", 587),
        ("smtp+ssl://correo.x.com", 465),
        ("smtp://correo.x.com:2525", 2525),
        ("memorymail://", None),
    ],
)
def test_mail_leaves_as_the_environment_says_and_its_password_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, puerto: int | None
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    monkeypatch.setenv("EMAIL_DESDE", "pedidos@x.com")
    entorno = leer_entorno(tmp_path)
    assert (entorno.correo["EMAIL_PORT"], entorno.correo_desde) == (puerto, "pedidos@x.com")
    assert "clave" not in repr(entorno)


def test_without_a_word_of_it_no_mail_leaves(tmp_path: Path) -> None:
    assert (leer_entorno(tmp_path).correo, leer_entorno(tmp_path).correo_desde) == ({}, "")


@pytest.mark.parametrize(
    ("url", "desde"),
    [
        ("correo.x.com", "a@x.com"),
        ("smtps://correo.x.com", "a@x.com"),
        ("smtp://", "a@x.com"),
        ("smtp://correo.x.com:puerto", "a@x.com"),
        ("smtp://correo.x.com", ""),
        ("smtp://correo.x.com", "nadie"),
        ("", "a@x.com"),
    ],
)
def test_mail_that_cannot_leave_stops_the_boot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, desde: str
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    monkeypatch.setenv("EMAIL_DESDE", desde)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_"):
        leer_entorno(tmp_path)


def test_mail_of_development_is_none_in_production(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nombre, valor in PRODUCCION.items():
        monkeypatch.setenv(nombre, valor)
    monkeypatch.setenv("EMAIL_URL", "consolemail://")
    monkeypatch.setenv("EMAIL_DESDE", "a@x.com")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        leer_entorno(tmp_path)
