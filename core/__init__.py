"""Django project and domain-free kernel.

Imports nothing: `./dev` and the supervisor run from here before anything is installed.
The Celery application is loaded by `core.apps`.
"""
