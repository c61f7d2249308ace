"""Static files with their content's hash in the name, ES modules' imports included."""

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

MODULOS_PROPIOS = "js/"


class EstaticosConHuella(CompressedManifestStaticFilesStorage):
    """A browser may keep each file for ever: a change has another name."""

    support_js_module_import_aggregation = True
    # Each pass settles the names of one more level of importers: small modules make many levels.
    max_post_process_passes = 50

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[re.Match[str]], str]:
        """Rewrite names inside our own modules and every stylesheet, not in third-party scripts.

        Those import nothing by path, though their comments look as if they did.
        """
        if name.endswith(".js") and not name.startswith(MODULOS_PROPIOS):
            return lambda encontrado: encontrado[0]
        convertir: Any = super().url_converter(name, hashed_files, template)
        return lambda encontrado: str(convertir(encontrado))
