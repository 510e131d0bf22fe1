perl -e 'print time - $^T <= 1 ? "now\n" : "then\n"; printf "%s\n", join ",", sort keys %ENV'
