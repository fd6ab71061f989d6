"""The commands of `findings`, one module each; heavy modules are imported inside them."""
