no-such-command --option
echo $?
