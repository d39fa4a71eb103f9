"""A Word file as somebody left it in; what it says now, and what became of what was put in, out."""
