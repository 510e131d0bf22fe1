# exrun: {"artifacts": ["*"]}
echo half >half; kill -SEGV $$; sleep 1
