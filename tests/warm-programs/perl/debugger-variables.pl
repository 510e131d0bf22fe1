print defined &DB::DB ? 1 : 0, defined $DB::single ? 1 : 0, scalar(@{"_<main.pl"}), "\n"; print join(",", sort grep /^_</, keys %main::), "\n";
