export NEW=yes; unset TZ; bash -c 'env | sort; echo $SHLVL'
