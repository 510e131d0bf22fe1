cut -d' ' -f5-8 /proc/$$/stat; setsid sh -c 'cut -d" " -f5-8 /proc/self/stat | wc -w'; ls /proc/$$/task | wc -l; cat /proc/$$/children 2>&1 | wc -w
