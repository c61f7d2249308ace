"""Clients, articles and prices from spreadsheets: read, mapped, looked at, written, undone."""
