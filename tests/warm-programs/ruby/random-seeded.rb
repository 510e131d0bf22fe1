srand 42
p rand(100), [1, 2, 3, 4, 5].shuffle, [1, 2, 3].sample, Random.new(7).rand, Random.rand(1.0), Random.seed, Kernel.srand(1), "x".crypt("ab")
