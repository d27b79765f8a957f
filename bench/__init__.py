"""Benchmarks: CPU per request of the real server, as ratios to a rival or a limit measured in the same run."""
