use File::Temp qw(tempfile tempdir); my ($f, $name) = tempfile(DIR => "."); printf "%d %o %s\n", fileno $f, (stat $f)[2], $name =~ /^\.\/\w{10}$/ ? "fine" : $name;
