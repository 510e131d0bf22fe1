# exrun: {"limits": {"cpu_ms": 200}}
echo begun; while :; do :; done
