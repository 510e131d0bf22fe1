# exrun: {"limits": {"wall_ms": 800}}
trap 'echo never' EXIT TERM; echo begun; sleep 60
