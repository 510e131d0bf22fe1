# exrun: {"varies": true}
p rand, Random.new.rand, Random.bytes(4), [*1..20].shuffle, Random.seed, Random.new_seed
