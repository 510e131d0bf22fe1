require "socket"
a, b = UNIXSocket.pair
a.puts "hello"; p b.gets, a.fileno, b.local_address.unix?
begin TCPServer.new("127.0.0.1", 0); rescue SystemCallError => e; p e.class, e.message end
begin TCPSocket.new("localhost", 80); rescue SocketError, SystemCallError => e; p e.class, e.message end
UNIXServer.new("/tmp/s") rescue p $!
