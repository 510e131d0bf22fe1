p File.open("/dev/null").fileno, IO.pipe.map(&:fileno), File.open(__FILE__).fileno, Dir.open(".").fileno
