"""Do the figures of the texts agree with the tables? A review in; every figure with its verdict out.

A text becomes words the kind knows and numerals (`vocabulary`, `numerals`); each numeral is given what it
counts by the words around it (`naming`), held against the cells these words mean (`quantities`), and against
the other numerals beside it: `breakdowns`, `shares`, `changes`, `repetitions`; what is claimed without a
numeral is in `claims` and `omissions`.
"""
