r, w = IO.pipe
r.close
begin
  w.write "x"
rescue Errno::EPIPE => e
  p e, trap("PIPE", "DEFAULT")
end
w.syswrite "y"
