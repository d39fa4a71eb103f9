"""Collection workbooks: drawn from a kind, and brought back in with every figure at its place."""
