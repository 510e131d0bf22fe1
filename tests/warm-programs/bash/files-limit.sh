# exrun: {"limits": {"files": 32}}
while exec {f}</dev/null; do last=$f; done; echo $last; sleep 0.3; exit 3
