# exrun: {"limits": {"wall_ms": 400}}
trap 'echo never' EXIT TERM; echo begun; sleep 60
