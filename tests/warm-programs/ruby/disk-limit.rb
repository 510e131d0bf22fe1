# exrun: {"limits": {"disk_bytes": 300000}}
begin
  File.write("large", "x" * 1_000_000)
rescue SystemCallError => e
  p e.class, e.message, File.size("large")
end
File.write("another", "y" * 400_000)
