at_exit { p $!.class, $!.message, $@&.first, $! && $!.backtrace_locations.first.lineno }
at_exit { $stderr.puts "last words" }
def f = raise(KeyError, "lost")

f
