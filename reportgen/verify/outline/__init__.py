"""A finished document in, its outline out: what it says, in order, read back from each form by itself."""
