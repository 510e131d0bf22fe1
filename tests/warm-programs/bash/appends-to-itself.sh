echo "echo appended \$LINENO" >>main.sh
echo first
