f = File.open(__FILE__)
p f.read(1), f.sysread(3) rescue p $!.class
p f.read(5), f.pos, f.readpartial(4), f.gets, f.pread(3, 0), f.eof?, f.each_byte.first(2), f.ungetc("x"), f.getc
