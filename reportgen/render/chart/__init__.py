"""The drawing of a chart: figures in; shapes, then SVG and a picture of pixels, out."""
