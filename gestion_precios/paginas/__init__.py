"""The pages under `/precios/`."""
