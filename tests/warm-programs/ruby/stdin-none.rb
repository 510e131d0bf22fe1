p $stdin.read, gets, $stdin.eof?, $stdin.closed?, (readline rescue $!.message), $stdin.stat.ftype, $stdin.getc, (STDIN.sysread(1) rescue $!.class)
