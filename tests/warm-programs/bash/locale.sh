locale; printf '%.2f\n' 1.5; echo ${#LANG} "é" ${#x}; x=é; echo ${#x} ${x^^}; LC_ALL=C; echo ${#x}; printf '%d\n' "'é"
