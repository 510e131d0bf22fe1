for s in $(seq 1 31); do kill -l $s; done | tr '\n' ' '; trap 'echo xfsz' XFSZ; trap 'echo pipe' PIPE; trap -p; kill -PIPE $$; kill -XFSZ $$; echo end
