"""Draw a Word template: the data of a kind in; the parts of report.docx out, named styles only."""
