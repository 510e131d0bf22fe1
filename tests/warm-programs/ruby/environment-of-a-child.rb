ENV["NEW"] = "yes"; ENV.delete("TZ")
puts `env | sort`, IO.popen({ "A" => "b" }, ["env"], unsetenv_others: true, &:read)
system({ "LANG" => nil }, "echo [$LANG] [$NEW]")
