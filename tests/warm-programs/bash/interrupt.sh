trap 'echo int' INT; kill -INT $$; trap - INT; kill -INT $$; echo after
