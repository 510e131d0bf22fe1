# exrun: {"varies": true}
use File::Temp "tempfile"; my ($f, $name) = tempfile(); print "$name\n";
