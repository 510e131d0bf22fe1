p DATA.read, DATA.pos
__END__