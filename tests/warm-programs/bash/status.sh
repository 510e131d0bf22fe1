while IFS= read -r line; do [[ $line =~ ^(Vm|Rss|Huge|SigQ)|ctxt ]] || echo "$line"; done </proc/$$/status
