require "date"; require "time"
puts "hello world".split.map(&:capitalize).join(" "), "abc".center(9, "*"), "%05.1f|%-6s|%x" % [3.14159, "ab", 255], "a,b,,c".split(",").inspect, "zażółć".upcase, "日本".bytes.size, "ab" * 3, "hello"[1..3], "x".succ, "az".next
puts "The cat".gsub(/[aeiou]/) { |m| m.upcase }, "snake_case_word".split("_").each_with_index.map { |w, i| i.zero? ? w : w.capitalize }.join, "abc".tr("a-c", "x-z"), "hello".chars.tally.inspect, "a-b".sub("-", "+").freeze.frozen?, "%s and %p" % ["s", nil], "é".unicode_normalize(:nfd).length, "abc".unpack("C*").inspect, "heredoc: #{<<~T.lines.size}"
  one
    two
T
d = Date.new(2024, 2, 28) + 2; puts d, d.strftime("%A %d %B %Y"), (Date.new(2024, 3, 1) - Date.new(2024, 2, 1)).to_i, d.leap?, Date.parse("3 Mar 2001").yday, DateTime.new(2024, 1, 1).iso8601, Time.at(0).utc.iso8601, Time.utc(2000).wday, Time.at(0, in: "+09:00").hour, Time.now.year > 2000, ENV["TZ"], Time.new(2024, 7, 1, in: "UTC").zone.inspect
