[ -n "$AGAIN" ] && { echo "again $0 $SHLVL"; exit 4; }; AGAIN=1 bash main.sh; echo $?; AGAIN=1 bash <main.sh; AGAIN=1 exec bash "$0"
