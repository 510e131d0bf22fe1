rm "$0"; ls -A; readlink /proc/$$/fd/255; echo still here
f() { echo function; }; f
