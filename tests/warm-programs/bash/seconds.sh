[ $SECONDS -le 1 ] && echo starts; sleep 1.1; [ $SECONDS -ge 1 ] && [ $SECONDS -le 3 ] && echo counts; SECONDS=100; [ $SECONDS -le 101 ] && echo set
