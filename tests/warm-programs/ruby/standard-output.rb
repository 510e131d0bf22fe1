p $stdout.sync, $stderr.sync, $stdout.fileno, $stderr.fileno, $stdin.fileno, $stdout.tty?, $stdin.tty?, STDOUT.equal?($stdout), $>.equal?($stdout), $stdout.fsync.inspect rescue p $!
p $stdout.stat.ftype, $stderr.stat.ftype, $stdin.stat.ftype, $stdout.inspect, $stdin.lineno, $stdin.sync, $stdout.binmode?, $stdout.external_encoding, $stdout.write("a", "b", 1)
$stdout.pos rescue p $!
