# exrun: {"limits": {"cpu_ms": 800, "files": 50, "disk_bytes": 524288}}
ulimit -a; ulimit -n 20; ulimit -n; ulimit -n 60; ulimit -c; bash -c 'ulimit -n'
