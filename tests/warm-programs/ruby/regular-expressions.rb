"2024-03-05" =~ /(?<year>\d+)-(?<month>\d+)/
p $~, $1, $`, $', $+, $~[:month], Regexp.last_match.names
if /(?<day>\d+)$/ =~ "x 7" then p day end
p "ünï".match?(/\p{L}+/), "a1b2".gsub(/\d/) { |d| (d.to_i * 2).to_s }, "foo.bar".sub(/(\w+)\.(\w+)/, '\2 \k<0>'), /x/i.source, Regexp.union("a.b", /c/), Regexp.escape("a*b"), /a/.options, (Regexp.timeout rescue "none")
p $;, $,, $/, $\, $_
