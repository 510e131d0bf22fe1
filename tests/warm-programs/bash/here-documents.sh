cat <<A; cat <<'B'; cat <<-C
$HOME $((1 + 1)) $(echo sub)
A
$HOME
B
	tabbed
	C
cat <<<"here $$"; ls -l /proc/self/fd/0 <<<x | awk '{print substr($11, 1, 5)}'
