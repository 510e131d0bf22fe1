# exrun: {"limits": {"files": 40}}
opened = []
begin
  loop { opened << File.open("/dev/null") }
rescue SystemCallError => e
  p e.class, e.message, opened.size, opened.last.fileno
end
