"""Question and claim sets, metrics, the runner, the report."""
