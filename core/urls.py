"""Every URL; an installed app mounts its own."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import URLPattern, URLResolver, include, path

from core.acceso import cuentas, mis_sesiones
from core.administracion import consulta
from core.procesos import salud
from core.rest.documentacion import Documentos, Esquema
from core.rest.rutas import ruta_desconocida
from core.rest.token import ObtenerToken
from core.web import sin_linea

APLICACIONES = ("gestion_precios", "sales", "realtime")

handler400 = "core.web.errores_http.solicitud_incorrecta"
handler403 = "core.web.errores_http.sin_permiso"
handler404 = "core.web.errores_http.no_encontrado"
handler500 = "core.web.errores_http.error_del_servidor"

admin.site.login_form = cuentas.FormularioDeEntradaAlAdmin
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", salud.healthz, name="healthz"),
    path("readyz", salud.readyz, name="readyz"),
    path("sw.js", sin_linea.servicio, name="servicio"),
    path("sin-linea/", sin_linea.sin_linea, name="sin_linea"),
    path("mesa/", sin_linea.mesa, name="mesa"),
    # In place of the admin's own: wrong old passwords count here as well.
    path(
        "admin/password_change/",
        admin.site.admin_view(cuentas.ClaveDelAdmin.as_view(), cacheable=True),
    ),
    path(
        "admin/r/<path:content_type_id>/<path:object_id>/",
        admin.site.admin_view(consulta.sin_pagina_propia),
    ),
    path("admin/", admin.site.urls),
    path("cuentas/entrar/", cuentas.Entrar.as_view(), name="entrar"),
    path("cuentas/salir/", auth.LogoutView.as_view(), name="salir"),
    path("cuentas/clave/", cuentas.Clave.as_view(), name="clave"),
    path("mis-sesiones/", mis_sesiones.cerrar_otras, name="cerrar_otras"),
    path("api/token/", ObtenerToken.as_view(), name="api_token"),
    path("api/esquema/", Esquema.as_view(), name="api_esquema"),
    path("api/docs/", Documentos.as_view(), name="api_docs"),
]
for aplicacion in APLICACIONES:
    if apps.is_installed(aplicacion):
        urlpatterns += [
            path("api/", include(f"{aplicacion}.urls")),
            path("", include(f"{aplicacion}.urls_paginas")),
        ]
# Last: whatever nobody took.
urlpatterns += [
    path("api", ruta_desconocida, name="api_sin_barra"),
    path("api/<path:resto>", ruta_desconocida, name="api_desconocida"),
]
