print join "", map chr, 0 .. 255;
