s = File.stat(__FILE__)
p s.mode.to_s(8), s.size, s.nlink, s.ftype, s.uid == Process.uid, s.gid == Process.gid, s.blocks, s.blksize, File.writable?(__FILE__), File.owned?(__FILE__), Dir.children(".")
puts File.read(__FILE__)
