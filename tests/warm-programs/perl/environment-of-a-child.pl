$ENV{NEW} = "yes"; delete $ENV{TZ};
system "env | sort | grep -v ^_=";
