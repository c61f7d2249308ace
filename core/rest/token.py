"""`POST /api/token/`: a name and a password for the user's API token."""

from __future__ import annotations

from django.contrib.auth import authenticate, user_logged_in
from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errores import ErrorDominio
from core.rest.consulta import ConsultaEstricta


class CredencialesSerializer(serializers.Serializer):
    """What a person types."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=4096, trim_whitespace=False, write_only=True)


class TokenSerializer(serializers.Serializer):
    """What a program keeps."""

    token = serializers.CharField(read_only=True)


class ObtenerToken(ConsultaEstricta, APIView):
    """Give the user's token; five wrong passwords close the door for fifteen minutes."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="obtener_token",
        request={"application/json": CredencialesSerializer},
        responses={200: TokenSerializer},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """Check the credentials through Django's backends, axes among them."""
        entrada = CredencialesSerializer(data=request.data)
        entrada.is_valid(raise_exception=True)
        # After too many tries axes answers in our place (core.acceso.cuentas.bloqueado).
        usuario = authenticate(request._request, **entrada.validated_data)
        token = _llave_de(usuario) if usuario else None
        if usuario is None or token is None:
            raise ErrorDominio(
                _("El usuario o la contraseña no son correctos."),
                codigo="credenciales",
                campo="password",
            )
        # A sign-in like the page's: the count of wrong passwords starts anew.
        user_logged_in.send(sender=type(usuario), request=request._request, user=usuario)
        respuesta = Response({"token": token.key})
        respuesta["Cache-Control"] = "no-store"
        return respuesta


def _llave_de(usuario: AbstractBaseUser) -> Token | None:
    """The user's key; None when the password that was right a moment ago no longer is.

    The user's row is locked: whoever changes the password ends the keys after that.
    """
    with transaction.atomic():
        mismos = User.objects.filter(pk=usuario.pk, password=usuario.password, is_active=True)
        actual = mismos.select_for_update().first()
        return Token.objects.get_or_create(user=actual)[0] if actual else None
