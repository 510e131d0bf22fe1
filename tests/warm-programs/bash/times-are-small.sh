times | awk '{print ($1 ~ /^0m0/), ($2 ~ /^0m0/)}'
