import linecache, sys
print(linecache.getlines("main.py"), linecache.getline(__file__, 1), sorted(linecache.cache), list(linecache.cache.values())[0][0])
