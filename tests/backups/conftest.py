"""Installations on both kinds of database."""

from tests.cluster.conftest import house, server

__all__ = ["house", "server"]
