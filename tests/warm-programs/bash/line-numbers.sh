echo $LINENO

echo $LINENO; f() {
  echo $LINENO
}
f; echo \
  $LINENO; eval 'echo $LINENO
echo $LINENO'
