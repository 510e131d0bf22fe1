printf "%04o\n", umask; use Cwd; print getcwd, "\n"; mkdir "d"; printf "%o\n", (stat "d")[2];
