# SPDX-License-Identifier: MIT
# tries: runs commands by names that begin with a bar
# layer: root
# source: Ruby Kernel#open; CVE-2017-17405
# expect: ok
# breach: BREACH
["|cat @DIR@/secret 2>/dev/null", "@DIR@/secret", "/proc/1/environ"].each do |name|
  begin
    text = open(name, &:read)
    puts "BREACH: #{text}" unless text.nil? || text.empty?
  rescue SystemCallError
  end
end
puts "held"
