cat <(echo one) <(echo two); echo <(true); tee >(cat >&2) <<<three; sleep 0.1; diff <(echo a) <(echo b); echo $?
