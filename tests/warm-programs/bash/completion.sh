complete | wc -l; compgen -b | wc -l; compgen -k; bind -l 2>&1 | wc -l
