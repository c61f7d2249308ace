"""An order's document by e-mail: its text, and its PDF on A4."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from sales.documentos.archivo import Formato, armar
from sales.documentos.contenido import Contenido
from sales.documentos.texto import texto_de

registro = logging.getLogger(__name__)


def enviar_por_correo(*, contenido: Contenido, para: str) -> None:
    """Send it now; raises ErrorDominio where mail is off, or did not leave."""
    if not settings.CORREO_CONFIGURADO:
        raise ErrorDominio(
            _("El correo no está configurado en esta instalación."),
            codigo="correo_sin_configurar",
            estado=409,
        )
    mensaje = EmailMessage(
        subject=" · ".join(p for p in (contenido.titulo, contenido.empresa) if p),
        body=texto_de(contenido),
        to=[para],
    )
    nombre = f"pedido-{contenido.numero}.pdf"
    mensaje.attach(nombre, armar([contenido], Formato.A4), "application/pdf")
    try:
        mensaje.send()
    except (SMTPException, OSError) as error:
        registro.warning("correo sin enviar", exc_info=error)
        raise ErrorDominio(
            _("El servidor de correo no lo aceptó. Revisar la dirección, o reintentar."),
            codigo="correo_no_enviado",
            estado=503,
        ) from error
