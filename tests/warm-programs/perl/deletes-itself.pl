print unlink($0), " ", -e $0 ? "there" : "gone", "\n"; print `ls`; print <DATA>;
__END__
still read
