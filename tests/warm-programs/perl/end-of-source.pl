print "before\n";
__END__
this is no program $%&/(
