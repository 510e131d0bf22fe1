require "logger"; require "optparse"; require "ostruct"; require "erb"; require "digest"; require "zlib"; require "pp"; require "forwardable"; require "singleton"; require "observer"
l = Logger.new($stdout, progname: "x", formatter: proc { |s, _, n, m| "#{s} #{n} #{m}\n" }); l.info "hello"; l.level
p OptionParser.new { |o| o.on("-v") }.program_name, OpenStruct.new(a: 1), ERB.new("<%= 1 + 1 %> <%= __FILE__ %>").result, Digest::MD5.hexdigest("x"), Zlib.crc32("x"), OptionParser.new.banner
pp({ a: [*1..30], b: { c: "x" * 60 } })
