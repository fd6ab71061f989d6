"""Questions and claims in, cited answers and verdicts out."""
