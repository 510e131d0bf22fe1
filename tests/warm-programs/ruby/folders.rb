p Dir.pwd, Dir.children("/").sort, Dir.children("/etc").sort, Dir.children("/etc/exrun").sort, Dir.children("/dev").sort, Dir.children("."), Dir.children("/tmp"), Dir.home, File.umask.to_s(8), Dir.tmpdir rescue p $!
require "tmpdir"; p Dir.tmpdir, File.expand_path("~"), File.realpath(__FILE__), File.absolute_path?("x")
