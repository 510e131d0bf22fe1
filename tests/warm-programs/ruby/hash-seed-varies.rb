# exrun: {"varies": true}
p "text".hash, 1.5.hash, :symbol.hash, [1, "x"].hash
