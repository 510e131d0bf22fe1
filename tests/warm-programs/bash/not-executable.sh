./main.sh; echo $?; touch f; ./f; echo $?; /tmp; echo $?; exec ./none; echo never
