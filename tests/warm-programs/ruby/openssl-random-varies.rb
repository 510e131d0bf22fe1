# exrun: {"varies": true}
require "openssl"
p OpenSSL::Random.random_bytes(8), OpenSSL::BN.rand(64).to_s
