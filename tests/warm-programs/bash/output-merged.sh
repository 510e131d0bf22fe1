# exrun: {"stderr": "stdout"}
for n in {1..20}; do echo out $n; echo err $n >&2; done; ls /none; [ /proc/$$/fd/1 -ef /proc/$$/fd/2 ] && echo one pipe; no-such-command
