a=$(echo $RANDOM) b=$(echo $RANDOM); [ "$a" = "$b" ] && echo same || echo other
