# exrun: {"stdin": "one\ntwo\r\n\nüber\nlast"}
p gets, $_, $., gets(chomp: true), $stdin.gets, $stdin.lineno, STDIN.read, gets, $stdin.eof?, ARGF.lineno, $stdin.readline rescue p $!
