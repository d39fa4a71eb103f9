"""An archive package in; the checks of its four properties (DA/T 70-2018), each with its verdict, out."""
