now = Time.now
for time in [File.mtime(__FILE__), File.ctime(__FILE__), File.atime(__FILE__), File.mtime("."), File.birthtime(__FILE__)]
  p (now - time).abs < 3
end
