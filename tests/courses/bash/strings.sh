s="Hello, World"; echo "${s^^} ${s,,} ${#s} ${s:7:3} ${s/World/Bash} ${s%%,*} ${s##* } ${s//o/0}"
printf '%05d|%-6s|%x|%.2f|%q\n' 42 ab 255 3.14159 "it's"
IFS=, read -r a b c <<<"1,2,3"; echo "$c$b$a"; echo "${x:-default} ${x:=set} $x ${y+never}"; [[ $s =~ ([A-Z][a-z]+)$ ]] && echo "${BASH_REMATCH[1]}"
echo $'tab\there' "$(printf 'a%.0s' {1..5})" {1..3}{a,b} ~+ >/dev/null; date -u -d '2024-02-28 +2 days' '+%A %d %B %Y'; TZ=Europe/Warsaw date -d @0 +%H:%M; date -d @1e9 +%s 2>/dev/null || echo bad date
echo "zażółć" | tr a-z A-Z; echo "日本" | wc -m; rev <<<abc; seq -s, 1 5; echo "b a c" | tr ' ' '\n' | sort | paste -sd+; printf '%s\n' 10 9 100 | sort -n | head -1
