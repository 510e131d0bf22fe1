# exrun: {"varies": true}
p Random.seed
