p DATA.read, DATA.pos
__END__
no line feed