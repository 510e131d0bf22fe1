print(io.open("/etc/ld.so.preload"))
os.execute("env | grep -c PRELOAD; grep -c park.so /proc/self/maps")
