((SECONDS < 2)) && echo first; start=$SECONDS; sleep 1; ((SECONDS - start >= 1 && SECONDS - start <= 2)) && echo second; (((SECONDS < 4))) && echo third
