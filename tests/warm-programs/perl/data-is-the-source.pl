seek DATA, 0, 0; print while <DATA>;
__DATA__
words
