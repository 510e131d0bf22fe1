# exrun: {"varies": true}
require "tempfile"; require "tmpdir"
p Tempfile.new("x").path, Dir.mktmpdir
