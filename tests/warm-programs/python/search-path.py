import sys
print(*sys.path, sep="\n")
print(sys.meta_path and [getattr(one, "__name__", type(one).__name__) for one in sys.meta_path], [getattr(one, "__name__", type(one).__name__) for one in sys.path_hooks])
print(sorted(sys.path_importer_cache))
