"""Static files with their content's hash in the name, ES modules' imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class EstaticosConHuella(CompressedManifestStaticFilesStorage):
    """A browser may keep each file for ever: a change has another name."""

    support_js_module_import_aggregation = True
