trap 'echo usr1' USR1; kill -USR1 $$; trap - USR1; kill -USR2 $$; echo never
