"""The browsable API, for signed-in people, under a policy almost as strict as the pages'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BrowsableAPIRenderer

from core.rest.escritores import Json


class ApiNavegable(BrowsableAPIRenderer):
    """HTML for a signed-in person; to anybody else the plain JSON.

    Its templates carry `style` attributes and no inline script: only such styles are allowed.
    """

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The page, or JSON with its own content type."""
        contexto = dict(renderer_context or {})
        respuesta = contexto["response"]
        usuario = getattr(contexto["request"], "_user", None)
        if usuario is None or not usuario.is_authenticated:
            respuesta["Content-Type"] = Json.media_type
            return Json().render(data, Json.media_type, contexto)
        respuesta._csp_update = {"style-src-attr": ["'unsafe-inline'"]}
        return super().render(data, accepted_media_type, contexto)

    def get_context(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page's context, without the highlighter's inline style sheet."""
        contexto: dict[str, Any] = super().get_context(*args, **kwargs)
        return contexto | {"code_style": None}
