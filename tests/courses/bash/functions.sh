fact() { local n=$1; ((n < 2)) && echo 1 || echo $((n * $(fact $((n - 1))))); }; fact 10
greet() { echo "hi ${1:-nobody} of $#"; return 3; }; greet Ann Bob; echo $?; swap() { local -n x=$1 y=$2; local t=$x; x=$y; y=$t; }; p=1 q=2; swap p q; echo $p$q
trap 'echo bye' EXIT; trap 'echo usr' USR1; kill -USR1 $$; set -- a b c; shift; echo "$@" "$*" $#; while getopts "ab:" o -a -b val; do echo "$o ${OPTARG-}"; done
f() { echo "${FUNCNAME[0]} $LINENO"; }; f; g() ( cd /; x=inner ); x=outer; g; echo $x; type -t f; compgen -A function | grep -c . ; export -f f; bash -c f; alias ll='ls'; shopt -s expand_aliases
(exit 4) || echo "code $?"; ! false && echo negated; true | false | true; echo "${PIPESTATUS[@]}"; set -o pipefail; false | true || echo pipefail; { echo grouped; } 2>&1; (: "${missing?}") 2>/dev/null || echo required
