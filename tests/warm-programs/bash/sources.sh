echo "${BASH_SOURCE[@]}|${FUNCNAME[@]}|${BASH_LINENO[@]}|$LINENO"
f() { echo "${BASH_SOURCE[@]}|${FUNCNAME[@]}|${BASH_LINENO[@]}|$LINENO"; caller; caller 0; caller 1; }
g() { f; }
g
