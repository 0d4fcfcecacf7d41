"""What rebuilds the bundled pipelines from ``shared/data``."""
