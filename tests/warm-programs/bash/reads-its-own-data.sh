sed '1,/^DATA$/d' "$0"
exit 0
DATA
one
two (no program here
