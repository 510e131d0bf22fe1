# exrun: {"varies": true}
echo $SRANDOM $SRANDOM; head -c 8 /dev/urandom | od -An -tx1; cat /proc/sys/kernel/random/uuid; mktemp -u
