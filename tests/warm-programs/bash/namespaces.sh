for n in /proc/$$/ns/*; do [ $n -ef /proc/1/ns/${n##*/} ] && echo same ${n##*/} || echo other ${n##*/}; done
