if ENV["INNER"]
  puts "inner #{$0} #{ARGV} #{__FILE__} #{DATA.read}"
  exit 9
end
system({ "INNER" => "1" }, RbConfig.ruby, __FILE__, "x")
p $?.exitstatus
exec({ "INNER" => "2" }, "ruby", "main.rb")
__END__
data of both
