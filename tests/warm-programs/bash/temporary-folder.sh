echo $TMPDIR; ls -A /tmp; mktemp >/dev/null; ls /tmp | wc -l; df /tmp | awk 'NR == 2 {print $2}'; ls -ld /tmp | cut -c1-10
