# exrun: {"files": [{"path": "lib.rb", "content": "puts 'lib is main' if __FILE__ == $0\nputs 'lib'\n"}]}
require_relative "lib"
if __FILE__ == $0
  puts "main"
end
puts "program" if $PROGRAM_NAME == __FILE__
