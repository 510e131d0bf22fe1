# exrun: {"varies": true}
p srand, srand == Random.seed
