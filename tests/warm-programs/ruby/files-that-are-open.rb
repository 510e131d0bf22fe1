p ObjectSpace.each_object(File).map { |f| [f.closed? ? "closed" : f.path, f.closed? || f.fileno] }.sort_by(&:to_s)
