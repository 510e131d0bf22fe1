import warnings
warnings.warn("careful")
warnings.warn("old", DeprecationWarning)
warnings.simplefilter("always")
warnings.warn("older", PendingDeprecationWarning, stacklevel=1)
print(warnings.filters[-1][0], len(warnings.filters))
