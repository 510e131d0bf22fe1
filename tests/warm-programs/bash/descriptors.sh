ls -l /proc/$$/fd >list; awk 'NR > 1 {print $1, $9, substr($11, 1, 5)}' list
