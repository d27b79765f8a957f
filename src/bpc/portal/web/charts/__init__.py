"""Charts drawn by the server as SVG: pure functions from figures to a drawing, no request, no database."""
