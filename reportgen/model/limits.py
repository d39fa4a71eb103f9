"""The largest YAML that is read: far above any real report, low enough that hostile input ends at once."""

from __future__ import annotations

from typing import Final

FILE_BYTES: Final = 5_000_000
"""Bytes of one file; a report of three hundred lines has some thirty thousand."""

DEPTH: Final = 40
"""Mappings and lists inside each other; a report has about six."""

NODES: Final = 50_000
"""Keys, values and list items of one file; a report has some five hundred."""

SCALAR_CHARACTERS: Final = 100_000
"""Characters of one value, about two hundred printed pages."""

KEY_CHARACTERS: Final = 100
"""Characters of one key; the longest official term has some twenty."""

FINDINGS: Final = 100
"""Findings listed for one file; what comes after them is usually their consequence."""

RECOVERIES: Final = 20
"""Broken lines mended for the time being, so that reading goes on to the next one."""

RECOVERED_CHARACTERS: Final = 200_000
"""Longest text that is read again after a broken line."""
