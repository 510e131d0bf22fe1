__END__
p 1
