p __LINE__, __ENCODING__, 'ä'.size, DATA.pos, DATA.read
__END__
ä
