p DATA.fileno, DATA.stat.ftype, DATA.stat.size, DATA.close_on_exec?, DATA.to_io.equal?(DATA), File.readlink("/proc/self/fd/#{DATA.fileno}")
puts File.read("/proc/self/fdinfo/#{DATA.fileno}").lines.grep(/pos|flags/)
require "fcntl"
p DATA.fcntl(Fcntl::F_GETFL), DATA.fcntl(Fcntl::F_GETFD), DATA.flock(File::LOCK_EX), DATA.sysseek(0) rescue p $!
__END__
more
