print(package.loadlib("/usr/lib/x86_64-linux-gnu/libm.so.6", "*"))
print(package.loadlib("/none.so", "*"))
