echo "this is only text";
