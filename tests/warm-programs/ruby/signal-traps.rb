p Signal.list.size, Signal.signame(15)
%w[INT TERM HUP USR1 USR2 CHLD PIPE ALRM QUIT WINCH XFSZ EXIT].each { |name| p [name, trap(name) { puts "got #{name}" }] }
Process.kill :USR1, $$
Process.kill :TERM, $$
sleep 0.01
p trap("VTALRM", "IGNORE") rescue p $!.message
p trap("KILL", "IGNORE") rescue p $!.message
