# exrun: {"varies": true}
use List::Util "shuffle"; print join(",", shuffle 1 .. 100), "\n";
