print __LINE__, "\n",

  __LINE__, "\n"; warn "x"
;
