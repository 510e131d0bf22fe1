printf("%05.1f|%-6s|%+d|%x|%08b|%e|%s\n", 3.14159, "ab", 5, 255, 10, 12345.678, [1, nil])
puts "%{a} %<b>.2f" % { a: 1, b: 2 }, "abc".unpack("C*").inspect, [1, 2].pack("s>l<").inspect, "Hello".tr("el", "ip"), "x".center(7, "*"), "a-b_c".split(/[-_]/).inspect, "ab\tc".dump, "\e\0".inspect, "straße".upcase, "%c" % 10004, "äöü".scan(/./).inspect, "a".ord.chr, "abc"[-2..], "title case".split.map(&:capitalize).join(" ")
"%d" % "x"
