if (1) {
  print "open";
