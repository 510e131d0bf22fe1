p DATA.read, DATA.pos, DATA.eof?
__END__
