for path in %w[/etc/passwd /etc/shadow /usr/x /etc/x /proc/1/environ /sys /root /box/x /tmp/x /dev/sda]
  begin
    File.open(path, "a") { |f| f.write "x" }
    puts "#{path} written"
  rescue SystemCallError => e
    puts e.message
  end
end
