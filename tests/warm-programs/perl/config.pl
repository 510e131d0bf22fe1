use Config; print "$Config{archname} $Config{version} $Config{useithreads} $Config{perlpath} $Config{usemymalloc}\n";
