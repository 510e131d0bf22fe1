# Expect: ok. The smallest program there is.
echo "Hello from Bash"
