"""All settings: the environment decides (core/entorno.py), the boot checks (core/checks.py)."""

from __future__ import annotations

import os
import sys
import zoneinfo
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from core.entorno import leer_entorno

BASE_DIR = Path(__file__).resolve().parent.parent
ENTORNO = leer_entorno(BASE_DIR)
PRODUCCION = ENTORNO.produccion
DEBUG = ENTORNO.debug
SECRET_KEY = ENTORNO.secret_key
ALLOWED_HOSTS = ENTORNO.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENTORNO.csrf_trusted_origins
DATA_DIR = ENTORNO.data_dir
# Set by the Procfile; the web process must not wait for a broker, a worker may.
ES_TRABAJADOR = os.environ.get("CARGA_PROCESO") in {"worker", "beat"}

PROPIAS = ("core", "gestion_precios", "sales", "realtime")
INSTALLED_APPS = [
    # First: `sales` replaces its admin.
    "django_celery_results",
    *PROPIAS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "rest_framework",
    "rest_framework.authtoken",
    "simple_history",
]

MIDDLEWARE = [
    # Before whatever asks for an address or a scheme.
    "core.entrada.quien.QuienMiddleware",
    "core.rest.rutas.ApiEnJson",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.entrada.consulta_acotada.ConsultaMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.acceso.sesiones.SesionLimitadaMiddleware",
    "core.web.zona.ZonaMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.web.htmx.FragmentoMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "core.acceso.dispositivos.DispositivoMiddleware",
    "axes.middleware.AxesMiddleware",
    "core.web.errores_http.ErroresMiddleware",
]

ROOT_URLCONF = "core.urls"
WSGI_APPLICATION = "core.wsgi.application"
ASGI_APPLICATION = "core.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.web.contexto.aplicacion",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------
DATABASES = {"default": environ.Env.db_url_config(ENTORNO.database_url)}
ES_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if ES_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        # A write lock taken at BEGIN waits its turn; one taken midway fails at once.
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
    # A file, as in life: in memory, SQLite's connections do not wait for each other.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "pruebas.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "connect_timeout": 3,
            "options": "-c statement_timeout=15000 -c lock_timeout=5000",
        }
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: catalogue, cache, broker -----------------------------------------------------------
DATOS_REDIS_URL = ENTORNO.datos_url
REDIS_ESPERA = 0.5
CACHES = {
    "default": {
        "BACKEND": "core.datos.cache.CacheTolerante",
        "LOCATION": DATOS_REDIS_URL,
        "KEY_PREFIX": "cp",
        "OPTIONS": {"socket_timeout": REDIS_ESPERA, "socket_connect_timeout": REDIS_ESPERA},
    }
}
CELERY_BROKER_URL = ENTORNO.broker_url
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5 if ES_TRABAJADOR else REDIS_ESPERA,
    "socket_connect_timeout": 2 if ES_TRABAJADOR else REDIS_ESPERA,
    "socket_keepalive": True,
    "health_check_interval": 5,
}
if not ES_TRABAJADOR:
    # Without it a publish to a broker that is down waits six seconds for it.
    CELERY_BROKER_TRANSPORT_OPTIONS["max_retries"] = 0
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A child of the pool that meets it gets a MemoryError; one that was beyond half of it is replaced
# between two tasks (Celery counts in KiB).
TRABAJADOR_MEMORIA_MIB = ENTORNO.trabajador_memoria_mib
CELERY_WORKER_MAX_MEMORY_PER_CHILD = TRABAJADOR_MEMORIA_MIB * 1024 // 2
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_BACKEND = "django-db"
# Without it the row has neither worker nor task's name; the only argument is a lote's UUID.
CELERY_RESULT_EXTENDED = True
CELERY_RESULT_EXPIRES = 30 * 24 * 3600
CELERY_TASK_TRACK_STARTED = True
CELERY_TIMEZONE = "America/Asuncion"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "requeue-lotes": {
        "task": "sales.tasks.requeue_lotes",
        "schedule": 5.0,
        # One that nobody took in time is overtaken by the next.
        "options": {"expires": 10},
    },
    "repartir-importaciones": {
        "task": "sales.tasks.repartir_importaciones",
        "schedule": 20.0,
        "options": {"expires": 30},
    },
    # Every hour: it is midnight somewhere, and each company has its own.
    "revisar-vencimientos": {
        "task": "gestion_precios.tasks.revisar_vencimientos",
        "schedule": crontab(minute=1),
    },
    "cencosud-unfulfilled": {
        "task": "realtime.tasks.cencosud_unfulfilled",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "reconcile-unfulfilled": {
        "task": "realtime.tasks.reconcile_unfulfilled",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "save-sales-data": {"task": "sales.tasks.save_sales_data", "schedule": 300.0},
    "clear-sessions": {"task": "core.tasks.clear_sessions", "schedule": crontab(hour=4, minute=10)},
}
# An app that was taken out leaves no task behind that no worker knows.
CELERY_BEAT_SCHEDULE = {
    nombre: cita
    for nombre, cita in CELERY_BEAT_SCHEDULE.items()
    if str(cita["task"]).partition(".")[0] in INSTALLED_APPS
}

# --- People -----------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "core.acceso.respaldo.RespaldoConSello",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{nombre}"}
    for nombre in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "core.acceso.claves.SinPalabrasDeLaCasa"})
LOGIN_URL = "entrar"
LOGIN_REDIRECT_URL = "inicio"
LOGOUT_REDIRECT_URL = "entrar"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "core.acceso.cuentas.bloqueado"
AXES_RESET_ON_SUCCESS = True
# What it counts, and before what: core/acceso/puerta.py.
AXES_HANDLER = "core.acceso.portero.Portero"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "core.entrada.quien.direccion_de"
# The limits of one session, in seconds: unused for an hour, or ten hours old.
SESSION_COOKIE_AGE = 60 * 60
SESION_EDAD_MAXIMA = 10 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
DISPOSITIVO_COOKIE_NAME = "dispositivo"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.web.errores_http.csrf"

# --- Who is asking --------------------------------------------------------------------------------
PROXIES_DE_CONFIANZA = ENTORNO.proxies_de_confianza
REDES_DE_PROXIES = ENTORNO.redes_de_proxies

# --- What the browser may do --------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "worker-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCCION:
    SESSION_COOKIE_NAME = "__Host-sesion"
    SESSION_COOKIE_SECURE = True
    DISPOSITIVO_COOKIE_NAME = "__Host-dispositivo"
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

# --- E-mail: off unless the environment says how it leaves ----------------------------------------
CORREO_CONFIGURADO = bool(ENTORNO.correo)
vars().update(ENTORNO.correo)
DEFAULT_FROM_EMAIL = ENTORNO.correo_desde or "webmaster@localhost"
# A server that does not answer may not hold a web process.
EMAIL_TIMEOUT = 10

# --- Orders -------------------------------------------------------------------------------------
# What to do with a line whose price is not the system's: revisar, corregir or rechazar.
PEDIDOS_PRECIO_DISTINTO = ENTORNO.precio_distinto
LOTE_BYTES_MAXIMO = 10 * 1024 * 1024
# The lote plus its envelope in JSON or form encoding; the view measures the lote itself.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * LOTE_BYTES_MAXIMO
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Language, numbers, dates ---------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Español"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["core.formatos"]
USE_I18N = True
USE_TZ = True
# The installed package's rules alone: the system's may be years older.
zoneinfo.reset_tzpath(to=())
TIME_ZONE = "America/Asuncion"
USE_THOUSAND_SEPARATOR = True

# --- Static files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Each file by the name of its content, as `collectstatic` left it.
ESTATICOS_CON_HUELLA = ENTORNO.estaticos_con_huella
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "core.web.estaticos.EstaticosConHuella"
            if ESTATICOS_CON_HUELLA
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not ESTATICOS_CON_HUELLA
WHITENOISE_AUTOREFRESH = not ESTATICOS_CON_HUELLA
# Off, /sw.js is the worker that takes itself and what it kept out of the browsers.
TRABAJADOR_DE_SERVICIO = ENTORNO.trabajador_de_servicio

# --- REST -----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # Token first: without credentials the answer is 401, not 403.
        "core.rest.autenticacion.PorToken",
        "core.rest.autenticacion.PorSesion",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": [
        "core.rest.escritores.Json",
        "core.rest.navegable.ApiNavegable",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "core.rest.lectores.JsonEstricto",
        "core.rest.lectores.FormularioEstricto",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "core.rest.respuestas.Paginacion",
    "DEFAULT_SCHEMA_CLASS": "core.rest.esquema.AutoEsquema",
    "DEFAULT_THROTTLE_CLASSES": [
        "core.rest.limites.PorAnonimo",
        "core.rest.limites.PorUsuario",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min", "user": "6000/min", "pedidos": "600/min"},
    # REMOTE_ADDR is the client already (core/entrada/quien.py).
    "NUM_PROXIES": 0,
    "EXCEPTION_HANDLER": "core.rest.respuestas.manejar_error",
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Carga Pedidos",
    "DESCRIPTION": "Order desk: catalogue, lotes, orders and prices.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.rest.documentacion.con_errores",
    ],
    "ENUM_NAME_OVERRIDES": {
        "EstadoDeLote": "sales.models.LotePedidos.Estado",
        "ResultadoDePedido": "sales.models.ResultadoPedido.Resultado",
    },
}
IMPORT_EXPORT_USE_TRANSACTIONS = True

# --- Logs and errors ------------------------------------------------------------------------------
SENTRY_DSN = ENTORNO.sentry_dsn
SENTRY_MUESTREO = ENTORNO.sentry_muestreo
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"estructurado": {"()": "core.procesos.registros.FormatoJson"}},
    "handlers": {
        "consola": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "estructurado",
        }
    },
    "root": {"handlers": ["consola"], "level": "WARNING"},
    "loggers": {nombre: {"level": "INFO"} for nombre in PROPIAS},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
