"""Make the document: a report in; the bytes of the Word file, the PDF and the web page out."""
