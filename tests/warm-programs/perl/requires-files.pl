# exrun: {"files": [{"path": "lib/Shape.pm", "content": "package Shape;\nuse strict;\nsub new { my ($c, %o) = @_; bless {%o}, $c }\nsub area { $_[0]{w} * $_[0]{h} }\nsub where { __FILE__ . ':' . __LINE__ }\n1;\n"}, {"path": "words.pl", "content": "our @words = qw(a b c);\n\"last value\";\n"}]}
use lib "lib"; use Shape; print Shape->new(w => 2, h => 3)->area, " ", Shape->where, "\n";
print require("./words.pl"), " @words\n"; print do("./none.pl") // "none: $!", "\n"; print "$_ $INC{$_}\n" for sort grep /Shape|words/, keys %INC;
