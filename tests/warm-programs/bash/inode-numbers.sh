# exrun: {"files": [{"path": "a/b", "content": "1"}, {"path": "c", "content": "2"}]}
stat -c '%n %i %s %h' / /etc /tmp . main.sh a a/b c /etc/passwd; ls -U / /etc /dev .
