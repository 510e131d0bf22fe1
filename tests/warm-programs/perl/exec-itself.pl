exit 9 if $ENV{AGAIN}; $ENV{AGAIN} = 1; exec $^X, $0;
