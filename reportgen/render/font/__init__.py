"""Faces of a build: font files and a declaration in; derived faces with coverage, widths and outlines out."""
