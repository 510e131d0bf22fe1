# exrun: {"varies": true}
require "securerandom"
p SecureRandom.hex(8), SecureRandom.uuid, SecureRandom.random_number(1 << 40)
