"""One module for each command: parsed arguments and a console in, an exit code out."""
