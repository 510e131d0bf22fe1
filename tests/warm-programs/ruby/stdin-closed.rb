$stdin.close
p $stdin.closed?, (gets rescue $!), File.open("/dev/null").fileno, (STDIN.read rescue $!.message)
