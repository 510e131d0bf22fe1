# exrun: {"varies": true}
print srand(), "\n";
