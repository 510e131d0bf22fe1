# encoding: ascii-8bit
p __ENCODING__, "ä".size, "ä".encoding, "ä".bytes, "\u00e4".encoding, :ä
