echo one
echo "never ends
