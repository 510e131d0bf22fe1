# Expect: timeout. Does nothing, for a minute; what it said before is kept.
echo "Good night"
sleep 60
