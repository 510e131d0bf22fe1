puts File.readlines(__FILE__).map.with_index(1) { |line, n| "#{n} #{line}" }
p SCRIPT_LINES__ rescue p $!.class
p File.size(__FILE__), `wc -c <main.rb`
