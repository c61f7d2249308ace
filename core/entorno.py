"""What the environment says, read once and checked; settings and the process starters share it."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from core.entrada.direcciones import Red, leer_redes

ENTORNOS = ("desarrollo", "produccion")
VERDADERO = frozenset({"1", "true", "si", "sí", "yes", "on"})
FALSO = frozenset({"0", "false", "no", "off", ""})
# sun_path holds 108 bytes with its NUL; some clients add a suffix while connecting.
LARGO_MAXIMO_SOCKET = 100
# How mail leaves, and the port where the address names none.
CORREOS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
CORREOS_DE_DESARROLLO = ("consolemail", "filemail", "memorymail")


@dataclass(frozen=True)
class Entorno:
    """The deployment's choices. Secrets stay out of `repr`."""

    produccion: bool
    debug: bool
    secret_key: str = field(repr=False)
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    data_dir: Path
    database_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    redis_socket: Path
    host: str
    port: int
    web_concurrency: int
    celery_concurrency: int
    trabajador_memoria_mib: int
    sentry_dsn: str = field(repr=False)
    sentry_muestreo: float
    proxies_de_confianza: int
    redes_de_proxies: tuple[Red, ...]
    precio_distinto: str
    trabajador_de_servicio: bool
    estaticos_con_huella: bool
    correo: dict[str, Any] = field(repr=False)
    correo_desde: str

    @property
    def broker_url(self) -> str:
        """Celery's address of the Redis that queues tasks (never evicts)."""
        if self.redis_url:
            return self.redis_url
        return f"redis+socket://{self.redis_socket}?virtual_host=0"

    @property
    def datos_url(self) -> str:
        """redis-py's address of the database of cache and catalogue, apart from the broker's."""
        if not self.redis_url:
            return f"unix://{self.redis_socket}?db=1"
        return _con_base_siguiente(self.redis_url)


def leer_entorno(base_dir: Path) -> Entorno:
    """Read `.env` and the environment (which wins); raise ImproperlyConfigured on nonsense."""
    env = environ.Env()
    env.read_env(str(base_dir / ".env"), overwrite=False)
    entorno = env.str("ENTORNO", default="desarrollo")
    if entorno not in ENTORNOS:
        raise ImproperlyConfigured(f"ENTORNO must be one of {', '.join(ENTORNOS)}.")
    produccion = entorno == "produccion"
    data_dir = Path(env.str("DATA_DIR", default="var"))
    data_dir = data_dir if data_dir.is_absolute() else base_dir / data_dir
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    debug = _booleano(env, "DEBUG", defecto=not produccion)
    if produccion and debug:
        raise ImproperlyConfigured("DEBUG must be off when ENTORNO=produccion.")
    return Entorno(
        produccion=produccion,
        debug=debug,
        secret_key=_clave_secreta(env, produccion, data_dir),
        allowed_hosts=_hosts(env, produccion),
        csrf_trusted_origins=env.list("CSRF_TRUSTED_ORIGINS", default=[]),
        data_dir=data_dir,
        database_url=env.str("DATABASE_URL", default="") or f"sqlite:///{data_dir}/db.sqlite3",
        redis_url=env.str("REDIS_URL", default="") or None,
        redis_socket=_socket_de(data_dir),
        host=env.str("HOST", default="127.0.0.1"),
        port=_entero(env, "PORT", 8000),
        web_concurrency=_entero(env, "WEB_CONCURRENCY", 1),
        celery_concurrency=_entero(env, "CELERY_CONCURRENCY", 2),
        trabajador_memoria_mib=_entero(env, "TRABAJADOR_MEMORIA_MIB", 1024, minimo=128),
        sentry_dsn=env.str("SENTRY_DSN", default=""),
        sentry_muestreo=env.float("SENTRY_TRACES_SAMPLE_RATE", default=0.0),
        proxies_de_confianza=_entero(env, "PROXIES_DE_CONFIANZA", 0, minimo=0, maximo=9),
        redes_de_proxies=_redes_de_proxies(env),
        precio_distinto=env.str("PEDIDOS_PRECIO_DISTINTO", default="revisar"),
        trabajador_de_servicio=_booleano(env, "TRABAJADOR_DE_SERVICIO", defecto=True),
        estaticos_con_huella=_booleano(env, "ESTATICOS_CON_HUELLA", defecto=produccion),
        correo=_correo(env, produccion),
        correo_desde=_correo_desde(env),
    )


def _booleano(env: environ.Env, nombre: str, *, defecto: bool) -> bool:
    texto = env.str(nombre, default="si" if defecto else "no").strip().lower()
    if texto in VERDADERO:
        return True
    if texto in FALSO:
        return False
    raise ImproperlyConfigured(f"{nombre} must be true or false.")


def _entero(
    env: environ.Env, nombre: str, defecto: int, *, minimo: int = 1, maximo: int = 65_535
) -> int:
    texto = env.str(nombre, default=str(defecto))
    if not texto.isascii() or not texto.isdigit() or not minimo <= int(texto) <= maximo:
        raise ImproperlyConfigured(f"{nombre} must be a whole number from {minimo} to {maximo}.")
    return int(texto)


def _redes_de_proxies(env: environ.Env) -> tuple[Red, ...]:
    textos: list[str] = env.list("REDES_DE_PROXIES", default=[])
    if textos and env.str("PROXIES_DE_CONFIANZA", default="0") == "0":
        raise ImproperlyConfigured(
            "REDES_DE_PROXIES says where proxies speak from: PROXIES_DE_CONFIANZA says how many."
        )
    try:
        return leer_redes(textos)
    except ValueError as error:
        raise ImproperlyConfigured(
            "REDES_DE_PROXIES must be addresses or networks such as 10.0.0.5,fd00::/8, "
            f"and not everybody's: {error}."
        ) from error


def _correo(env: environ.Env, produccion: bool) -> dict[str, Any]:
    """Django's settings of how mail is sent; none where no mail is."""
    direccion = env.str("EMAIL_URL", default="")
    if not direccion:
        return {}
    partes = urlsplit(direccion)
    validos = (*CORREOS, *(() if produccion else CORREOS_DE_DESARROLLO))
    try:
        es_valida = partes.scheme in validos and (partes.port or 0) >= 0
    except ValueError:
        es_valida = False
    if not es_valida or (partes.scheme in CORREOS and not partes.hostname):
        raise ImproperlyConfigured(f"EMAIL_URL must be one of {', '.join(validos)}://host:port.")
    ajustes: dict[str, Any] = env.email_url_config(direccion)
    return ajustes | {"EMAIL_PORT": ajustes["EMAIL_PORT"] or CORREOS.get(partes.scheme)}


def _correo_desde(env: environ.Env) -> str:
    desde: str = env.str("EMAIL_DESDE", default="")
    if bool(desde) != bool(env.str("EMAIL_URL", default="")):
        raise ImproperlyConfigured("EMAIL_URL and EMAIL_DESDE, the sender, go together.")
    if desde:
        try:
            validate_email(desde)
        except ValidationError as error:
            raise ImproperlyConfigured("EMAIL_DESDE must be an e-mail address.") from error
    return desde


def _hosts(env: environ.Env, produccion: bool) -> list[str]:
    hosts: list[str] = env.list("ALLOWED_HOSTS", default=[])
    if hosts:
        return hosts
    if produccion:
        raise ImproperlyConfigured("ALLOWED_HOSTS is required when ENTORNO=produccion.")
    return ["localhost", "127.0.0.1", "[::1]", "testserver"]


def _clave_secreta(env: environ.Env, produccion: bool, data_dir: Path) -> str:
    clave: str = env.str("SECRET_KEY", default="")
    if clave:
        return clave
    if produccion:
        raise ImproperlyConfigured("SECRET_KEY is required when ENTORNO=produccion.")
    archivo = data_dir / "secret_key"
    try:
        # "x" lets only one of several starting processes write it.
        with archivo.open("x", encoding="ascii") as nuevo:
            archivo.chmod(0o600)
            nuevo.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return archivo.read_text(encoding="ascii")


def _socket_de(data_dir: Path) -> Path:
    propio = data_dir / "redis.sock"
    if len(str(propio)) <= LARGO_MAXIMO_SOCKET:
        return propio
    resumen = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"cp-{resumen}" / "redis.sock"


def _con_base_siguiente(url: str) -> str:
    partes = urlsplit(url)
    numero = partes.path.strip("/")
    siguiente = int(numero) + 1 if numero.isdigit() else 1
    return urlunsplit(partes._replace(path=f"/{siguiente}"))
