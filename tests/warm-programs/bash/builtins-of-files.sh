mkdir d; cd d; touch f; ln -s f l; test -h l && echo link; ls -l | awk '{print $1, $3 == $4, $9}'; find . | sort; df . | awk 'NR == 2 {print $2, $3}'
