puts `cat /proc/self/status`.lines.grep(/^(Sig[BCI]|NoNew|Cap)/), $?.inspect.gsub(/\d+/, "N"), `ls /proc/self/fd`
