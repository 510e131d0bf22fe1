DATA.rewind
puts DATA.each_line.with_index(1).map { |line, n| "#{n}: #{line}" }
p DATA.close, DATA.closed?
__END__
the end
