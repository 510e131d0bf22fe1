p DATA.class, DATA.pos, DATA.lineno, DATA.fileno > 2, DATA.path, DATA.external_encoding, DATA.internal_encoding, DATA.binmode?, DATA.sync, DATA.eof?
puts DATA.gets, DATA.pos, DATA.lineno, DATA.read, DATA.eof?
DATA.seek(0); p DATA.read.size == File.size(__FILE__), DATA.pos
__END__
first line
second ünïcode line

last
