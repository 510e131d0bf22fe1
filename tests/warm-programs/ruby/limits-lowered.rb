# exrun: {"limits": {"cpu_ms": 900, "files": 60, "disk_bytes": 524288, "output_bytes": 20000}}
p Process.getrlimit(:CPU), Process.getrlimit(:NOFILE), Process.getrlimit(:FSIZE), `ulimit -n`
Process.setrlimit(:NOFILE, 30, 30); p Process.getrlimit(:NOFILE)
Process.setrlimit(:NOFILE, 60, 60) rescue p $!
