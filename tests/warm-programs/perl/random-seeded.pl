srand 5; print join(" ", map { int rand 1000 } 1 .. 4), "\n";
