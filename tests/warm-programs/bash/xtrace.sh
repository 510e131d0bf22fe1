set -x; x=1; [ $x = 1 ] && echo "yes"; f() { local y=2; echo $y; }; f; PS4='+$LINENO ${FUNCNAME[0]} '; f
