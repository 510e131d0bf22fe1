# exrun: {"limits": {"cpu_ms": 300}}
echo begun; while :; do :; done
