"""The inside of the package: what calls do, without I/O."""
