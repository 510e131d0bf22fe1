for one in /etc /dev /tmp /usr /etc/passwd; do [ $one -nt / ] && echo "$one is newer" || echo "$one is not newer"; done 2>&1 | grep -v -e tmp -e usr
