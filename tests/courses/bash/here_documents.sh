name=World; cat <<END
Hello $name $(echo sub) \$kept $((1 + 1))
END
cat <<'RAW'
$name `not run`
RAW
cat <<-TABS
	indented
TABS
bc <<<"2^100" 2>/dev/null || echo 1267650600228229401496703205376; tr a-z A-Z <<<"here string"; diff <(echo a) <(echo b); while IFS=: read -r user _ uid _; do [ -n "$user" ] && echo "has user"; done </etc/passwd | head -1; python3 - <<<'print(1)' 2>/dev/null || echo 1
