"""Static files with their content's hash in the name, ES modules' imports included."""

from collections.abc import Collection, Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

MODULOS_PROPIOS = "js/"


class EstaticosConHuella(CompressedManifestStaticFilesStorage):
    """A browser may keep each file for ever: a change has another name."""

    support_js_module_import_aggregation = True
    # Each pass settles the names of one more level of importers: small modules make many levels.
    max_post_process_passes = 50

    def _post_process(
        self, paths: dict[str, Any], adjustable_paths: Collection[str], hashed_files: dict[str, str]
    ) -> Iterator[Any]:
        """Rewrite names inside our own modules and every stylesheet, not in third-party scripts.

        Those import nothing by path, though their comments look as if they did; one pass is enough.
        """
        con_nombres = {nombre for nombre in adjustable_paths if _puede_nombrar(nombre)}
        pendientes = {
            nombre: origen
            for nombre, origen in paths.items()
            if nombre in con_nombres or nombre not in hashed_files
        }
        pasada: Iterator[Any] = super()._post_process(pendientes, con_nombres, hashed_files)
        return pasada


def _puede_nombrar(nombre: str) -> bool:
    return not nombre.endswith(".js") or nombre.startswith(MODULOS_PROPIOS)
