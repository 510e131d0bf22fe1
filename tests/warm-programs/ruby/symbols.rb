# A symbol that nobody has used before is new.
p Symbol.all_symbols.map(&:to_s).grep(/exrun|begin_|park|readable_real/).sort
p Symbol.all_symbols.size
