while IFS= read -r line; do [[ $line =~ ^(Vm|Rss|Huge)|ctxt ]] || echo "$line"; done </proc/$$/status
