"""Texts in; what GB/T 15834 (punctuation) and GB/T 15835 (numerals) surely object to, and the remedy, out."""
