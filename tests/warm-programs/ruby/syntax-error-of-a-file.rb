# exrun: {"files": [{"path": "bad.rb", "content": "x = 1\ndef\n"}]}
puts "begins"
begin require_relative "bad"; rescue SyntaxError => e; puts e.message, e.backtrace&.first(2), e.path rescue p $!.class end
load "bad.rb"
