# exrun: {"files": [{"path": "set.rb", "content": "puts 'own set'\n"}, {"path": "json.rb", "content": "puts 'own json'\n"}]}
require "set"
require "json"
require_relative "set"
require "./json"
p $LOADED_FEATURES.grep(/set\.rb|json\.rb/)
