# exrun: {"artifacts": ["*.txt", "deep/*", "main.rb", "none"]}
require "fileutils"
FileUtils.mkdir_p "deep/er"; File.write "1.txt", "one"; File.binwrite "2.txt", "\xff\0"; File.symlink "1.txt", "l.txt"; File.write "deep/f", "in"; File.chmod 0, "1.txt"
