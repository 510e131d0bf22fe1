my $o = bless {}, "Thing"; $o->go;
