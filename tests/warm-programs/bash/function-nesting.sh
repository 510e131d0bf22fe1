f() { f; }; f; echo $?; echo $FUNCNEST; FUNCNEST=5; f
