# Functions that the interpreter has called before, as well.
p File.open("main.rb", &:readline), File.open("/box/main.rb") { |f| f.sysread(3) }, IO.read("main.rb", 2), IO.sysopen("main.rb"), File.new("main.rb", File::RDONLY | File::EXCL).read(1), open("main.rb").getbyte, Dir.open(".").fchdir rescue p $!.class
p File.stat("main.rb").size == File.size("./main.rb"), File.access?("x") rescue p $!.class
p File.readable?("main.rb"), File.readable_real?("main.rb"), File.executable?("main.rb"), File.readable?("/etc/exrun/begin")
Dir.chdir("/"); p File.exist?("main.rb"), IO.read("box/main.rb").size, __FILE__, __dir__, File.expand_path(__FILE__)
