print "$0|@ARGV|", scalar(@ARGV), "|$^X|", __FILE__, "|", __LINE__, "|", __PACKAGE__, "\n";
