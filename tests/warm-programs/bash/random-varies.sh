# exrun: {"varies": true}
echo $RANDOM $RANDOM $RANDOM $RANDOM $RANDOM
