declare -p | grep -vE '^declare -[a-z-]+ (RANDOM|SRANDOM|EPOCH|BASHPID|SECONDS|UID|EUID|PPID|GROUPS|_=)'
