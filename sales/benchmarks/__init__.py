"""Measurements of the desk, each `python -m sales.benchmarks.<name>`; Django is ready for them."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
django.setup()
