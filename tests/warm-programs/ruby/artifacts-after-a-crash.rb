# exrun: {"artifacts": ["*"]}
f = File.open("half", "w"); f.write "flushed"; f.flush; f.write "not flushed"
Process.kill :KILL, $$
