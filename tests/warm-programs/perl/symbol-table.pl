print join("\n", sort grep !/^_</, keys %main::), "\n";
