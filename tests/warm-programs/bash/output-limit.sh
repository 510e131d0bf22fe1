# exrun: {"limits": {"output_bytes": 2000}}
while :; do echo 0123456789012345678901234567890123456789; done
