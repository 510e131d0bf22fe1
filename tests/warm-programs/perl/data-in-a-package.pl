package Words; print <Words::DATA>;
__DATA__
of a package
