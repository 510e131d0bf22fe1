cat "$0"; cat "$BASH_SOURCE" | wc -c; grep -c . main.sh
