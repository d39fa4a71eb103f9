"""Paths in, bytes out; bytes in, whole files and folders out: reading, writing, locking, exchanging."""
