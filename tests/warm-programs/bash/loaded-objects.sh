grep -v park.so /proc/$$/maps | awk '$6 ~ /^\// {print $6}' | sort -u; awk '$2 ~ /s$/ {print $2, $6}' /proc/$$/maps
