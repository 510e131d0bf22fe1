n=$((n + 1)); echo "run $n ${#BASH_SOURCE[@]}"; [ $n -lt 3 ] && source main.sh; [ $n -lt 5 ] && { n=$((n + 1)); source /box/main.sh; }; echo end
