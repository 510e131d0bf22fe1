[ $UID = $EUID ] && echo equal; id -un; id -gn; [ ${GROUPS[0]} = $UID ] && echo group; id -G | wc -w; whoami; hostname; echo ~ ~root ~box
