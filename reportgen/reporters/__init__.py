"""Findings in; what is printed about them out: text with the line and a caret under it, or JSON."""

from reportgen.reporters.records import report_json
from reportgen.reporters.text import report_text

__all__ = ["report_json", "report_text"]
