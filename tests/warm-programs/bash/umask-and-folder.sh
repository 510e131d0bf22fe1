umask; umask -S; pwd; pwd -P; echo $PWD $OLDPWD $HOME ~; dirs; cd /tmp; echo $OLDPWD; ls -ld /box /tmp | awk '{print $1, $3, $4}'; cd -
