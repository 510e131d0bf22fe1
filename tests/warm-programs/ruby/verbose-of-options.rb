p $VERBOSE, $-a, $-l, $-p, $-i, $-W, $-K, $DEBUG, $-0, $-F, $-x rescue p $!.class
p $SAFE rescue p $!.class
