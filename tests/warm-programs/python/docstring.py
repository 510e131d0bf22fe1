"""The words of this module."""
print(__doc__)
