begin
  Process::UID.change_privilege(0)
rescue SystemCallError => e
  p e
end
begin Dir.chroot("/tmp"); rescue SystemCallError => e; p e end
begin File.mknod; rescue NoMethodError => e; p e.message end
system "mount -t tmpfs none /tmp"
p syscall(272, 0x10000000)
