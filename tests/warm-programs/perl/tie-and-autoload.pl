sub AUTOLOAD { our $AUTOLOAD; return if $AUTOLOAD =~ /DESTROY/; print "auto $AUTOLOAD @_\n" } missing(1, 2); main->method;
